import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { loadSchema } from '../../../../services/platform/avro/load-schema.ts';
import { readLog } from '../../../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { runs } from '../../../support/property-runs.ts';
import { OutageBench, type OutageReport } from './outage-bench.ts';

/** Some seconds in a normal run, a minute in `npm run prove`. */
const isLong = runs(1) > 1;
const forMs = isLong ? 60_000 : 4_000;
const eventsMeanwhile = isLong ? 20_000 : 2_000;
const mostGrownBytes = 100 * 1024 * 1024;
const toldWithinMs = 30_000;

/** What is slow or away holds the scorer up: it lags, keeps nothing in memory, sheds nothing and goes on by itself. */
describe('while something that the scorer needs is slow or away', { shuffle: false }, () => {
  let bench: OutageBench;

  beforeAll(async () => {
    bench = await OutageBench.open();
    // Code is compiled and caches are filled before anybody calls it idle.
    await bench.publish(eventsMeanwhile);
    await bench.done();
  });

  afterAll(() => bench.close());

  function expectBounded(what: string, report: OutageReport): void {
    const megabytes = Math.round(report.grownBytes / 1024 / 1024);
    const told =
      report.unreadyAfterMs === null ? 'stayed ready' : `unready after ${Math.round(report.unreadyAfterMs)} ms`;
    console.log(`${what} for ${forMs / 1000} s: ${told}, memory at most ${megabytes} MB above idle.`);
    expect(report.grownBytes).toBeLessThan(mostGrownBytes);
    expect(bench.isSameProcess()).toBe(true);
  }

  /** An outage shorter than the time after which silence counts as a stall need not be told. */
  function expectTold(report: OutageReport): void {
    if (!isLong) return;
    expect(report.unreadyAfterMs, report.reasons.join('; ')).not.toBeNull();
    expect(report.unreadyAfterMs).toBeLessThan(toldWithinMs);
  }

  /** Events come in meanwhile, under the usual schema or another; the lag is that of the moment before the end. */
  async function watchLag(begin: () => void, restore: () => void, schemaId?: number): Promise<[OutageReport, number]> {
    let lag = 0;
    const report = await bench.watchOutage({
      forMs,
      begin,
      meanwhile: () => bench.publish(eventsMeanwhile, schemaId),
      async end() {
        lag = await bench.lag();
        restore();
      },
    });
    return [report, lag];
  }

  it('Redis away: it stops at the first chunk, says so and queues nothing', async () => {
    const { proxy } = bench.stack.redis;
    const [report, lag] = await watchLag(proxy.cut, proxy.restore);
    expectBounded('Redis away', report);
    expect(lag).toBe(eventsMeanwhile);
    expect(report.reasons).toContain('Redis is not connected');
  });

  it('Redis silent: connections stand and nothing answers', async () => {
    const { proxy } = bench.stack.redis;
    const [report, lag] = await watchLag(proxy.stall, proxy.restore);
    expectBounded('Redis silent', report);
    expect(lag).toBe(eventsMeanwhile);
    expectTold(report);
  });

  it('Redis slow: it goes on at the pace of Redis', async () => {
    const { proxy } = bench.stack.redis;
    const meanwhile = () => bench.publish(eventsMeanwhile);
    const report = await bench.watchOutage({ forMs, begin: () => proxy.slow(200), meanwhile, end: proxy.restore });
    expectBounded('Redis slow', report);
    expect(report.reasons).toEqual([]);
  });

  it('the broker away: killed, and started again on its data', async () => {
    const { broker } = bench.stack;
    async function begin(): Promise<void> {
      await bench.publish(eventsMeanwhile);
      await broker.kill();
    }
    const report = await bench.watchOutage({ forMs, begin, end: () => broker.start() });
    expectBounded('Broker away', report);
    expectTold(report);
  });

  it('the broker silent: frozen with its connections open', async () => {
    const { broker } = bench.stack;
    async function begin(): Promise<void> {
      await bench.publish(eventsMeanwhile);
      broker.freeze();
    }
    const report = await bench.watchOutage({ forMs, begin, end: () => broker.thaw() });
    expectBounded('Broker silent', report);
    expectTold(report);
  });

  it('the registry away: records under an id that is not known yet wait, and are not set aside', async () => {
    const { registry } = bench.stack;
    const schemaId = await registerSameSchemaAnew(bench);
    const [report, lag] = await watchLag(registry.cut, registry.restore, schemaId);
    expectBounded('Registry away', report);
    expect(lag).toBe(eventsMeanwhile);
    expectTold(report);
  });

  it('in the end every event has its one score, and none was set aside', async () => {
    await bench.done();
    const topics = topicsWithPrefix(bench.twin);
    const logger = createLogger({ name: 'test', level: 'silent' });
    const read = (topic: string) => readLog({ client: bench.events.client, topic, logger });
    const codec = await bench.events.registry.codec<Score>(topics.scores, 'score');
    const scores = await codec.decode((await read(topics.scores)).map(({ value }) => value));
    const idsByEvent = new Map<string, Set<string>>();
    for (const score of scores) {
      if (score instanceof EngineError) throw score;
      idsByEvent.set(score.eventId, (idsByEvent.get(score.eventId) ?? new Set()).add(score.scoreId));
    }
    const missing = [...bench.expectedEventIds].filter((id) => !idsByEvent.has(id));
    const doubled = [...idsByEvent].filter(([, ids]) => ids.size > 1);
    expect({ missing, doubled }).toEqual({ missing: [], doubled: [] });
    expect(bench.expectedEventIds.size).toBeGreaterThan(eventsMeanwhile);
    expect(await read(topics.eventsDeadLetter)).toEqual([]);
  });
});

/** The schema of events under another subject and with another note, so that it gets an id nobody has asked for. */
async function registerSameSchemaAnew(bench: OutageBench): Promise<number> {
  const schema = { ...loadSchema('customer-event'), doc: `Registered anew for ${bench.twin}` };
  const subject = encodeURIComponent(`${bench.twin}same-value`);
  const response = await fetch(`${bench.stack.addresses.schemaRegistry}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: number }).id;
}
