import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { ownBlock } from '../../../../services/core/features/own-block.ts';
import { openRecordingProxy, type SeenRequest } from '../../../integration/ingest/recording-proxy.ts';
import { foldHistory } from '../../../support/fold-history.ts';
import { createIngestInstallation, type IngestInstallation } from '../../../support/ingest-installation.ts';
import { runs } from '../../../support/property-runs.ts';
import { startService } from '../../../support/service-process.ts';
import { type KillableBroker, startKillableBroker } from '../../../support/servers/killable-broker.ts';
import { openServerHome, type ServerHome } from '../../../support/servers/server-home.ts';
import { startCrowd } from './crowd.ts';
import { openRealClients } from './real-clients.ts';
import { meanRate, peakRate } from './request-rate.ts';
import { residentMiB } from './resident-memory.ts';

/** One client of a kind and some seconds in a normal run; a crowd and a minute in `npm run prove`. */
const isLong = runs(1) > 1;
const scale = isLong
  ? { sets: 20, awayMs: 60_000, steadyMs: 60_000, flushIntervalMs: 10_000, everyMs: 1_000 }
  : { sets: 1, awayMs: 8_000, steadyMs: 2_000, flushIntervalMs: 1_000, everyMs: 250 };
/** More than the SDKs try by themselves: most of theirs would be used up before the minute is over. */
const retries = 60;
const growthMiB = 160;
const quickReturn = ['broker.session.timeout.ms=2000', 'broker.heartbeat.interval.ms=500'];

interface Outage {
  readonly how: 'frozen' | 'killed';
  readonly isPatient: boolean;
}

interface Course {
  readonly sent: readonly string[];
  readonly errors: readonly string[];
  readonly seen: readonly SeenRequest[];
  readonly steadyFrom: number;
  readonly goneAt: number;
  readonly backAt: number;
  readonly endsAt: number;
  readonly grownMiB: number;
}

const outages: readonly Outage[] = isLong
  ? [{ how: 'frozen', isPatient: false }, { how: 'killed', isPatient: true }]
  : [{ how: 'frozen', isPatient: false }]; // prettier-ignore

describe(`while the broker is away for ${scale.awayMs / 1000} s and four real SDKs go on sending`, () => {
  let home: ServerHome;
  let broker: KillableBroker;

  beforeAll(async () => {
    home = await openServerHome();
    broker = await startKillableBroker(home, quickReturn);
  });
  afterAll(() => home.close());

  it.each(outages)('every event is delivered and counted once ($how, patient $isPatient)', async (outage) => {
    const world = await createIngestInstallation({ kafka: broker.address });
    try {
      const course = await takeCourse(world, outage);
      const records = await world.events();
      report(outage, course, records.length - course.sent.length);
      expect(course.errors).toEqual([]);
      expectOnlyWaits(course);
      expectCountedOnce(course.sent, records);
      expect(course.grownMiB).toBeLessThan(growthMiB);
      if (isLong) expect(comeback(course).times).toBeLessThan(2);
    } finally {
      await world.remove();
    }
  });

  async function takeCourse(world: IngestInstallation, { how, isPatient }: Outage): Promise<Course> {
    const ingest = await startService('ingest', world.env);
    const proxy = await openRecordingProxy(ingest.url);
    const { flushIntervalMs, everyMs, steadyMs } = scale;
    const settings = { writeKey: world.writeKey, host: proxy.url, retries, flushIntervalMs, isPatient };
    const { clients, errors } = openRealClients(settings, scale.sets);
    const crowd = startCrowd(clients, { everyMs, spreadMs: flushIntervalMs });
    // Everybody has begun, and has sent what came before the first full interval.
    await pause(2 * flushIntervalMs);
    const steadyFrom = performance.now();
    await pause(steadyMs);
    const before = await residentMiB(ingest.url);
    if (how === 'frozen') broker.freeze();
    else await broker.kill();
    const goneAt = performance.now();
    const most = await watchMemory(ingest.url, goneAt + scale.awayMs);
    if (how === 'frozen') broker.thaw();
    else await broker.start();
    const backAt = performance.now();
    const mostAfter = await watchMemory(ingest.url, backAt + steadyMs);
    const endsAt = performance.now();
    await crowd.stop();
    await proxy.close();
    expect(await ingest.stop()).toBe(0);
    const grownMiB = Math.max(most, mostAfter) - before;
    return { sent: crowd.sent, errors, seen: proxy.seen, steadyFrom, goneAt, backAt, endsAt, grownMiB };
  }
});

/** Until a time by `performance.now()`: the length of the outage itself. */
async function watchMemory(url: string, until: number): Promise<number> {
  let most = 0;
  while (performance.now() < until) {
    most = Math.max(most, await residentMiB(url));
    await pause(250);
  }
  return most;
}

/** What came while the broker was away was told to come back: all of it, or event by event where a client knows that. */
function expectOnlyWaits({ seen, goneAt, backAt }: Course): void {
  const meanwhile = seen.filter(({ cameAt, answeredAt }) => cameAt > goneAt && answeredAt < backAt);
  expect(meanwhile.length).toBeGreaterThan(0);
  for (const { status, retryAfter, answer } of meanwhile) {
    const { results = {} } = answer as { results?: Record<string, { result: string }> };
    expect(retryAfter).toMatch(/^[1-9]\d*$/);
    if (status === 200) expect(new Set(Object.values(results).map(({ result }) => result))).toEqual(new Set(['retry']));
    else expect(status).toBe(503);
  }
}

/** Every label stands on the topic, and the fold counts one order of one pound for each customer, whatever the copies. */
function expectCountedOnce(sent: readonly string[], records: readonly CustomerRecord[]): void {
  const labelOf = ({ attributes }: CustomerRecord) => attributes.find(({ name }) => name === 'label')?.value;
  expect(records.map(labelOf).sort().filter(isFirst)).toEqual([...sent].sort());
  const byCustomer = Map.groupBy(records, ({ surrogate }) => surrogate);
  expect(byCustomer.size).toBe(sent.length);
  for (const own of byCustomer.values()) {
    const { lifetimePurchases, lifetimeSpendMinor } = ownBlock(foldHistory(own)).features;
    expect([lifetimePurchases, lifetimeSpendMinor]).toEqual([1, 100]);
  }
}

const isFirst = <T>(value: T, index: number, all: readonly T[]): boolean => value !== all[index - 1];

/** Requests per second in the busiest interval in which every client sends once, against those before the outage. */
function comeback({ seen, steadyFrom, goneAt, backAt, endsAt }: Course): {
  steady: number;
  peak: number;
  times: number;
} {
  const times = seen.map(({ cameAt }) => cameAt);
  const steady = meanRate(times, [steadyFrom, goneAt]);
  const peak = peakRate(times, [backAt, endsAt], scale.flushIntervalMs);
  return { steady, peak, times: peak / steady };
}

function report({ how, isPatient }: Outage, course: Course, copies: number): void {
  const { steady, peak, times } = comeback(course);
  const { seen, sent, steadyFrom, goneAt, backAt, endsAt, grownMiB } = course;
  const came = seen.map(({ cameAt }) => cameAt);
  const second = (from: number, to: number): string => peakRate(came, [from, to], 1_000).toFixed(0);
  console.log(
    `Broker ${how} for ${Math.round((backAt - goneAt) / 1000)} s, ${isPatient ? 'patient' : 'plain'} SDKs: ` +
      `${sent.length} events of ${5 * scale.sets} clients, ${copies} copies; ` +
      `requests per second before ${steady.toFixed(1)}, meanwhile ${meanRate(came, [goneAt, backAt]).toFixed(1)}, ` +
      `afterwards at most ${peak.toFixed(1)} over ${scale.flushIntervalMs / 1000} s (${times.toFixed(2)} times); ` +
      `busiest second before ${second(steadyFrom, goneAt)}, afterwards ${second(backAt, endsAt)}; ` +
      `memory grew by ${Math.round(grownMiB)} MiB.`,
  );
}
