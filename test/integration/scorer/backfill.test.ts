import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { aRecord } from '../../support/builders.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { openRedis } from '../../support/open-redis.ts';
import { readOutputs, readStates } from '../../support/scorer-outputs.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const customers = 40;
const partitions = 4;
const surrogateOf = (i: number): string => (i % customers).toString(16).padStart(32, '0');

/** Publishes small batches one after the other until it is stopped: the traffic never pauses for a switch-over. */
function keepPublishing(events: EventsInstallation): { stop(): Promise<number> } {
  let stopped = false;
  let published = 0;
  const running = (async () => {
    while (!stopped) {
      const batch = Array.from({ length: 8 }, (): CustomerRecord => {
        published += 1;
        return aRecord({ eventId: `live-${published}`, surrogate: surrogateOf(published * 7) });
      });
      await events.publish(batch);
      await pause(50);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await running;
      return published;
    },
  };
}

/** Asks for a score again and again, at whichever scorer is up, as behind a load balancer; the answers by status. */
function keepReading(up: ReadonlySet<ServiceProcess>, token: string): { stop(): Promise<Map<number, number>> } {
  let stopped = false;
  const answers = new Map<number, number>();
  const headers = { authorization: `Bearer ${token}` };
  const running = (async () => {
    for (let i = 0; !stopped; i++) {
      const [scorer] = [...up].slice(i % up.size);
      const response = await fetch(`${scorer.url}/v1/customers/~${surrogateOf(i)}/score`, { headers });
      await response.arrayBuffer();
      answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
      await pause(20);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await running;
      return answers;
    },
  };
}

describe('a backfill into a shadow key space', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  const processes: ServiceProcess[] = [];

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.kill()));
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function start(env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const scorer = await startService('scorer', env);
    processes.push(scorer);
    return scorer;
  }

  function ownPrefix(): string {
    const prefix = testPrefix();
    cleanups.push(async () => {
      const { redis, remove } = await openRedis(prefix);
      await remove();
      await redis.close();
    });
    return prefix;
  }

  it('is switched over to under live traffic, one scorer at a time: one score per event, reads served throughout', async () => {
    const events = await provisionEvents({ customers, events: 800, partitions });
    cleanups.push(() => events.remove());
    const live = ownPrefix();
    const shadow = ownPrefix();
    const liveEnv = events.scorerEnv(live);
    const shadowEnv = { ...liveEnv, TIDEWATCH_KEY_PREFIX: shadow };
    const up = new Set([await start(liveEnv), await start(liveEnv)]);
    await eventually(() => events.expectDone(live), { timeoutMs: 40_000, intervalMs: 200 });
    const reads = keepReading(up, events.token);
    const traffic = keepPublishing(events);

    const builder = await start({
      ...shadowEnv,
      TIDEWATCH_BACKFILL: '1',
      TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX: live,
    });
    await eventually(
      async () => {
        expect((await fetch(`${builder.url}/readyz`)).status).toBe(200);
        const metrics = await (await fetch(`${builder.url}/metrics`)).text();
        expect(metrics.match(/^tidewatch_backfill_lag\{partition="\d"\} \d+$/gm)).toHaveLength(partitions);
        expect(metrics).toMatch(/^tidewatch_backfill_dropped_total [1-9]/m);
        expect(metrics).toMatch(/^tidewatch_scores_total\{cause="event"\} 0$/m);
      },
      { timeoutMs: 40_000, intervalMs: 200 },
    );

    for (const old of [...up]) {
      up.delete(old);
      expect(await old.stop()).toBe(0);
      up.add(await start(shadowEnv));
    }
    const published = await traffic.stop();
    const last = Array.from({ length: customers }, (_, i) =>
      aRecord({ eventId: `last-${i}`, surrogate: surrogateOf(i) }),
    );
    await events.publish(last);
    await eventually(() => events.expectDone(live), { timeoutMs: 40_000, intervalMs: 200 });
    const answers = await reads.stop();
    for (const each of [...up, builder]) expect(await each.stop()).toBe(0);

    const scratch = ownPrefix();
    const fromScratch = await start(events.scorerEnv(scratch));
    await eventually(() => events.expectDone(scratch), { timeoutMs: 40_000, intervalMs: 200 });
    expect(await fromScratch.stop()).toBe(0);
    const expected = await readOutputs(scratch, events);
    const found = await readOutputs(live, events);
    expect(found.differingRepeats).toEqual([]);
    expect(found.scores.size).toBe(events.scoredEvents + published + last.length);
    expect(found.scores).toEqual(expected.scores);
    expect(found.latest).toEqual(expected.latest);
    expect(await readStates(shadow)).toEqual(expected.states);
    expect([...answers.keys()]).toEqual([200]);
    expect(answers.get(200)).toBeGreaterThan(0);
  }, 240_000);
});
