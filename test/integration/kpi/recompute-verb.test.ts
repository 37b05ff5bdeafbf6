import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { parsePeriod } from '../../../services/core/kpis/period.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createRedisKpiStore } from '../../../services/platform/redis/redis-kpi-store.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { aKpiFact } from '../../support/a-kpi-fact.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
let world: IngestInstallation;
let alerts: ServiceProcess;
let directory: string;

beforeAll(async () => {
  world = await createIngestInstallation();
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-recompute-'));
  alerts = await startService('alerts', {
    ...world.env,
    TIDEWATCH_ALERTS_PORT: '0',
    TIDEWATCH_SESSION_TIMEOUT_MS: '6000',
  });
}, 60_000);
afterAll(async () => {
  await alerts.stop();
  await world.remove();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['kpi', ...args, '--directory', directory], {
    env: world.env,
    stdout,
    stderr,
    isTerminal: false,
  });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

interface Compared {
  readonly factsNotCounted: number;
  readonly kpis: readonly {
    readonly key: string;
    readonly streamed: number | null;
    readonly recomputed: number | null;
    readonly verdict: string;
    readonly cutLogs: readonly string[];
  }[];
}

async function recompute(...args: string[]) {
  const { code, stdout, stderr } = await run('recompute', '--compare', '--format', 'json', ...args);
  expect(stderr).toBe('');
  const said = JSON.parse(stdout) as Compared;
  return { code, said, kpi: (key: string) => said.kpis.find((each) => each.key === key) };
}

async function publish<T extends { readonly surrogate: string }>(topic: string, schema: string, values: readonly T[]) {
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const codec = await registry.codec<T>(topic, schema);
  const sink = createKafkaSink({ client });
  await sink.publish(values.map((value) => ({ topic, key: value.surrogate, value: codec.encode(value) })));
  await sink.stop();
}

/** Answers to surveys, as the events topic has them and as the scorer tells of them. */
function answers(): { readonly records: readonly CustomerRecord[]; readonly facts: readonly KpiFact[] } {
  const [{ id: tenant }] = world.installation.tenants;
  const records = Array.from({ length: 30 }, (_, i) =>
    aRecord({
      tenant,
      eventId: `answer-${i}`,
      surrogate: i.toString(16).padStart(32, '0'),
      type: 'survey.answered',
      channel: i % 2 === 0 ? 'web' : 'call',
      occurredAt: Date.UTC(2026, 0, 5 + (i % 20), 12),
      receivedAt: Date.UTC(2026, 0, 5 + (i % 20), 13),
      attributes: [
        { name: 'surveyKind', value: 'csat' },
        { name: 'surveyScore', value: 1 + (i % 5) },
      ],
    }),
  );
  const facts = records.map(({ surrogate, type, channel, region, store, occurredAt: at, attributes }, i) =>
    aKpiFact({ tenant, factId: `${i}`.padEnd(32, 'f'), surrogate, type, channel, region, store, at, attributes, amountMinor: null, sequence: i, standing: null }),
  ); // prettier-ignore
  return { records, facts };
}

/** Removes all scores from the log, as time does. */
async function cutScores(): Promise<void> {
  const topic = topicsWithPrefix(world.prefix).scores;
  const [sink, admin] = [createKafkaSink({ client }), client.admin()];
  await sink.publish([{ topic, key: 'a', value: Buffer.from([0]) }]);
  await sink.stop();
  await admin.connect();
  const cut = (await admin.fetchTopicOffsets(topic)).map(({ partition, high: offset }) => ({ partition, offset }));
  await admin.deleteTopicRecords({ topic, partitions: cut });
  await admin.disconnect();
}

describe('tidewatch kpi recompute and rebuild', () => {
  it('finds counted and recomputed KPIs equal, names what differs, and mends it by counting anew', { timeout: 120_000 }, async () => {
    const topics = topicsWithPrefix(world.prefix);
    const { records, facts } = answers();
    await publish(topics.events, 'customer-event', records);
    await publish(topics.kpiFacts, 'kpi-fact', facts);
    const file = join(directory, 'spend.csv');
    await writeFile(file, 'day,amount,type,channel\n2026-01-07,100.50,operating,web\n2026-01-09,20,people,\n');
    expect((await run('spend', 'import', file, '--map', 'day=day,amount=amount,type=type,channel=channel')).stderr).toBe('');
    await run('set', 'market_share', '2026', '0.12');
    const isEqual = async () => {
      const { code, said, kpi } = await recompute('--period', '2026-01');
      expect(said.factsNotCounted).toBe(0);
      expect(said.kpis.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
      expect([code, kpi('csat_share')?.streamed, kpi('csat_share')?.recomputed]).toEqual([0, 0.4, 0.4]);
    };
    await eventually(isEqual, { timeoutMs: 60_000, intervalMs: 1000 });
    expect((await recompute('--period', '2026', '--kpi', 'market_share')).kpi('market_share')).toMatchObject({ recomputed: 0.12, verdict: 'equal' });
    const { said } = await recompute('--period', '2026-Q1', '--kpi', 'csat_share', '--by', 'channel');
    expect(said.kpis).toMatchObject([{ slice: { value: 'call' }, verdict: 'equal' }, { slice: { value: 'web' }, verdict: 'equal' }]);

    const store = createRedisKpiStore({ redis: world.redis.redis, keyPrefix: world.env['TIDEWATCH_KEY_PREFIX'] });
    const mark = (await store.mark(0))!;
    const change = { period: parsePeriod('2026-01')!, cell: 'csat_answers', slice: null, by: 1 } as const;
    const tenant = world.installation.tenants[0].id;
    expect(await store.apply(0, { expected: mark, mark, ledgers: [], changes: [{ tenant, change }] })).toBe(true);
    const { code, stdout } = await run('recompute', '--compare', '--period', '2026-01', '--kpi', 'csat_share');
    expect([code, stdout]).toEqual([1, expect.stringContaining('csat_answers 31, 30 in the logs')]);

    const refused = await run('rebuild');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Repeat with --yes')]);
    expect((await recompute('--period', '2026-01', '--kpi', 'csat_share')).code).toBe(1);
    expect(await run('rebuild', '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('3 partitions forgotten') as string });
    await eventually(isEqual, { timeoutMs: 60_000, intervalMs: 1000 });

    await cutScores();
    const later = await recompute('--period', '2026-01');
    expect(later.kpi('churn')).toMatchObject({ verdict: 'not-recomputable', cutLogs: ['customer.scores.v1'] });
    expect(later.kpi('csat_share')).toMatchObject({ verdict: 'equal', recomputed: 0.4 });
    expect(later.code).toBe(0);
  }); // prettier-ignore
});
