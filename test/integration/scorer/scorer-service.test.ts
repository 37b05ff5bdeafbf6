import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { scoreToJson } from '../../../services/core/scoring/score-to-json.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { readInstallation } from '../../../services/platform/runtime/installation.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { openRedis } from '../../support/open-redis.ts';
import { startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

const partitions = 3;

/** Kept here, so that a reader of the metrics finds the names that are promised. */
const promisedMetrics = [
  /^tidewatch_scores_total\{cause="event"\} \d+$/m,
  /^tidewatch_scores_total\{cause="day"\} 0$/m,
  /^tidewatch_partition_lag\{topic="[^"]+",partition="0"\} 0$/m,
  /^tidewatch_state_regressions_total 0$/m,
  /^tidewatch_score_freshness_seconds_count \d+$/m,
];

function valueOf(metrics: string, series: string): number {
  const line = metrics.split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
}

describe('a scorer on Kafka, registry and Redis', () => {
  let scorer: RunningScorer;

  beforeAll(async () => {
    scorer = await runScorer({ customers: 20, events: 300, partitions });
    await scorer.done();
  });
  afterAll(() => scorer.remove());

  it('publishes one score per event that a feature reads', async () => {
    // The mixture is about customers whose pseudonyms are small numbers.
    const mixed = (await scorer.scores()).filter(({ surrogate }) => surrogate.startsWith('0000'));
    expect(new Set(mixed.map(({ eventId }) => eventId)).size).toBe(scorer.events.scoredEvents);
    expect(mixed.filter(({ degraded }) => degraded)).toEqual([]);
  });

  it('keeps the newest score of each customer on the topic of latest scores, and the API answers the same', async () => {
    await scorer.done();
    const newest = new Map<string, number>();
    for (const { surrogate, stateVersion } of await scorer.scores()) {
      newest.set(surrogate, Math.max(stateVersion, newest.get(surrogate) ?? 0));
    }
    const latest = await scorer.latest();
    expect(latest.size).toBeGreaterThanOrEqual(scorer.events.customers);
    for (const [surrogate, score] of latest) {
      expect(score.stateVersion, surrogate).toBe(newest.get(surrogate));
      const { status, body } = await scorer.get(`/v1/customers/~${surrogate}/score`);
      expect(status).toBe(200);
      expect(body).toEqual({ ...scoreToJson(score), freshnessMs: expect.any(Number) });
    }
  });

  it('answers a live event under each spelling of its customer at once', async () => {
    const surrogate = scorer.surrogateOf('user', '42');
    const publishedAt = Date.now();
    await scorer.events.publish([aRecord({ surrogate, occurredAt: publishedAt })]);
    await eventually(async () => expect((await scorer.get('/v1/customers/42/score')).status).toBe(200));
    for (const id of ['42', 'user:42', `~${surrogate}`]) {
      const { body } = await scorer.get(`/v1/customers/${id}`);
      expect(body).toMatchObject({ customerId: `~${surrogate}`, tenant: 'demo', features: { orders: 1 } });
    }
    const { body } = await scorer.get('/v1/customers/42/score');
    expect((body as { freshnessMs: number }).freshnessMs).toBeLessThanOrEqual(Date.now() - publishedAt);
    expect((await scorer.get('/v1/customers/anonymous:42')).status).toBe(404);
    expect((await scorer.get('/v1/customers/42', 'nobody')).status).toBe(401);
  });

  it('keeps who said what of a customer, sealed in Redis and masked in the API', async () => {
    const surrogate = scorer.surrogateOf('user', 'known-43');
    const { tenants } = await readInstallation(scorer.events.scorerEnv(scorer.twin)['TIDEWATCH_INSTALLATION_FILE']);
    const sealer = createAesSealer(tenants[0].envelopeKey.id, tenants[0].envelopeKey.key);
    const sealed = sealer.seal(Buffer.from('ann@example.org'), `demo|${surrogate}|email`);
    const envelope = { keyId: sealer.keyId, fields: [{ name: 'email', sealed }] };
    const told = aRecord({ surrogate, type: 'customer.upserted', source: 'web', eventId: 'told-1', envelope });
    await scorer.events.publish([told, told]);
    const path = '/v1/customers/known-43/profile';
    await eventually(async () => expect((await scorer.get(path)).status).toBe(200));
    const { body } = await scorer.get(path);
    const occurredAt = new Date(told.occurredAt).toISOString();
    const said = { value: 'a***@e***.org', source: 'web', eventId: 'told-1', occurredAt, others: [] };
    expect(body).toMatchObject({ tenant: 'demo', fields: [{ name: 'email', ...said }] });
    const { redis } = await openRedis(scorer.twin);
    const stored = await redis.client.hgetallBuffer(`${scorer.twin}profile:{demo:${surrogate}}`);
    expect(stored['s'].includes(sealed)).toBe(true);
    expect(stored['s'].toString('latin1')).not.toContain('ann@');
    await redis.close();
  });

  it('sets an unknown schema and corrupt bytes aside, to the byte, and scores what stands between them', async () => {
    const key = 'd'.repeat(32);
    const good = ['good-1', 'good-2', 'good-3'].map((eventId) => aRecord({ eventId, surrogate: key }));
    const codec = await scorer.events.registry.codec<CustomerRecord>(scorer.eventsTopic, 'customer-event');
    const [first, second, third] = good.map((record) => codec.encode(record));
    const unknown = Buffer.concat([Buffer.from([0, 0x7f, 0xff, 0xff, 0xff]), first.subarray(5)]);
    const cut = second.subarray(0, 40);
    const text = Buffer.from('this is no Avro');
    await scorer.publishRaw([first, unknown, second, cut, text, third].map((value) => ({ key, value })));
    await scorer.done();

    const scored = (await scorer.scores()).filter(({ surrogate }) => surrogate === key);
    expect(scored.map(({ eventId }) => eventId)).toEqual(['good-1', 'good-2', 'good-3']);
    const letters = [...(await scorer.deadLetters())].sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
    expect(letters.map(({ code }) => code)).toEqual(['ERR_SCHEMA_UNKNOWN', 'ERR_RECORD_DECODE', 'ERR_RECORD_DECODE']);
    expect(letters.map(({ opened }) => opened)).toEqual([unknown, cut, text]);
    expect(new Set(letters.map(({ topic, partition, step }) => `${step} ${topic} ${partition}`)).size).toBe(1);
    expect(letters[0]).toMatchObject({ step: 'scorer', topic: scorer.eventsTopic, tenant: null, eventId: null });
    expect(letters.map(({ offset }) => (offset ?? 0) - (letters[0].offset ?? 0))).toEqual([0, 2, 3]);
    expect(letters.map(({ original, opened }) => original.includes(opened))).toEqual([false, false, false]);
  });

  it('is alive, and ready with the progress of every partition', async () => {
    expect(await (await fetch(`${scorer.process.url}/livez`)).json()).toEqual({ live: true });
    await eventually(async () => {
      const response = await fetch(`${scorer.process.url}/readyz`);
      expect(response.status).toBe(200);
      const report = (await response.json()) as { ready: boolean; reasons: string[]; partitions: object[] };
      expect({ ready: report.ready, reasons: report.reasons }).toEqual({ ready: true, reasons: [] });
      expect(report.partitions).toHaveLength(partitions);
      for (const each of report.partitions) {
        expect(each).toEqual({
          topic: scorer.eventsTopic,
          partition: expect.any(Number),
          offset: expect.any(Number),
          lag: 0,
          ageMs: expect.any(Number),
          catchUpSeconds: 0,
        });
      }
    });
  });

  it('counts in its metrics what stands on its topics', async () => {
    await scorer.done();
    await eventually(async () => {
      const text = await scorer.metrics();
      for (const promised of promisedMetrics) expect(text).toMatch(promised);
      const scores = await scorer.scores();
      for (const cause of ['event', 'late'] as const) {
        const onTopic = scores.filter((score) => score.cause === cause).length;
        expect(valueOf(text, `tidewatch_scores_total{cause="${cause}"}`), cause).toBe(onTopic);
      }
      const letters = (await scorer.deadLetters()).length;
      expect(valueOf(text, 'tidewatch_records_total{result="dead-letter"}')).toBe(letters);
      expect(valueOf(text, 'tidewatch_score_freshness_seconds_count')).toBe(scores.length);
    });
  });

  it('drains on SIGTERM in the middle of its work, and the next start does nothing twice', async () => {
    const twin = testPrefix();
    const env = scorer.events.scorerEnv(twin);
    const first = await startService('scorer', env);
    const surrogates = ['1', '2', '3', '4'].map((digit) => digit.repeat(32));
    const orders = surrogates.flatMap((surrogate) => Array.from({ length: 1_000 }, () => aRecord({ surrogate })));
    await scorer.events.publish(orders);
    expect(await first.stop()).toBe(0);
    await expect(fetch(`${first.url}/livez`)).rejects.toThrow();

    const second = await startService('scorer', env);
    await eventually(() => scorer.events.expectDone(twin), { timeoutMs: 40_000, intervalMs: 200 });
    expect(await second.stop()).toBe(0);
    const scored = (await scorer.scores(twin)).filter(({ surrogate }) => surrogates.includes(surrogate));
    expect(scored).toHaveLength(orders.length);
    expect(new Set(scored.map(({ scoreId }) => scoreId)).size).toBe(orders.length);
    await removeKeys(twin);
  });
});

async function removeKeys(prefix: string): Promise<void> {
  const { redis, remove } = await openRedis(prefix);
  await remove();
  await redis.close();
}
