import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { RecordCodec } from '../../services/core/ports/record-codec.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../support/ingest-installation.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { stackAddresses } from '../support/stack-addresses.ts';

/*
 * History beside ingest, scorer and alerts that are really running: what it does to scores and tasks, and what is left
 * of it after a roll-back.
 */

const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;
const map = 'customer_id=Customer,timestamp=When,amount=Amount';
const logger = createLogger({ name: 'test', level: 'silent' });
const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });

let world: IngestInstallation;
let services: readonly ServiceProcess[];
let directory: string;
let codecs: { readonly scores: RecordCodec<Score>; readonly tasks: RecordCodec<RetentionTask> };

beforeAll(async () => {
  world = await createIngestInstallation({ isProvisioned: false });
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-history-'));
  const env = { ...world.env, TIDEWATCH_PARTITIONS: '3', TIDEWATCH_SCORER_PORT: '0', TIDEWATCH_ALERTS_PORT: '0' };
  services = await Promise.all(['ingest', 'scorer', 'alerts'].map((name) => startService(name, env)));
  const topics = topicsWithPrefix(world.prefix);
  codecs = {
    scores: await registry.codec(topics.scores, 'score'),
    tasks: await registry.codec(topics.tasks, 'retention-task'),
  };
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await world.remove();
  await rm(directory, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['import', ...args], { env: world.env, stdout, stderr, isTerminal: false });
  expect({ code, stderr: String(stderr.read() ?? '') }).toMatchObject({ code: 0 });
  return String(stdout.read() ?? '');
}

type Order = readonly [who: string, age: number, amount?: number];

/** Orders by their age in days; a negative amount is a cancellation. */
async function importOrders(importId: string, orders: readonly Order[]): Promise<void> {
  const lineOf = ([who, age, amount = 20 + (age % 30)]: Order): string =>
    `${who},${new Date(today - age * day).toISOString()},${amount}`;
  const lines = orders.map(lineOf);
  const file = join(directory, `${importId}.csv`);
  await writeFile(file, ['Customer,When,Amount', ...lines].join('\n'));
  const target = ['--url', services[0].url, '--key', world.writeKey, '--directory', directory];
  expect(await run(file, '--map', map, '--import-id', importId, ...target)).toContain('verified');
}

async function send(events: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.writeKey}` };
  const response = await fetch(`${services[0].url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(events),
  });
  expect(await response.json()).toMatchObject({ counts: { accepted: events.length } });
}

async function readAll<T>(topic: string, codec: RecordCodec<T>): Promise<T[]> {
  const decoded = await codec.decode((await readLog({ client, topic, logger })).map(({ value }) => value));
  return decoded.map((value) => {
    if (value instanceof EngineError) throw value;
    return value;
  });
}

const readScores = () => readAll(topicsWithPrefix(world.prefix).scores, codecs.scores);
const readTasks = () => readAll(topicsWithPrefix(world.prefix).tasks, codecs.tasks);

/** Waits until what stands on the topic of events is scored, and what was scored has passed alerts. */
async function settled(): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  const { events, scores } = topicsWithPrefix(world.prefix);
  const isDone = async (topic: string, name: string): Promise<void> => {
    const ends = await admin.fetchTopicOffsets(topic);
    const [group] = await admin.fetchOffsets({ groupId: `${world.prefix}tidewatch.${name}`, topics: [topic] });
    const done = new Map(group.partitions.map(({ partition, offset }) => [partition, offset]));
    for (const { partition, high } of ends) if (high !== '0') expect(done.get(partition)).toBe(high);
  };
  try {
    await eventually(() => isDone(events, 'scorer'), { timeoutMs: 60_000 });
    await eventually(() => isDone(scores, 'alerts'), { timeoutMs: 60_000 });
  } finally {
    await admin.disconnect();
  }
}

async function ask(path: string): Promise<Record<string, unknown>> {
  const authorization = `Bearer ${world.token}`;
  const response = await fetch(`${services[1].url}/v1/customers/${path}`, { headers: { authorization } });
  return (await response.json()) as Record<string, unknown>;
}

describe('imported history, beside running services', () => {
  it('opens no task, however much its customers are at risk; a live event of one of them does', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `risky-${i}`);
    // The cancellation of yesterday has the customer scored long after the last order.
    const history = (who: string, i: number): Order[] => [[who, 420], [who, 330 + i], [who, 1, -5]]; // prettier-ignore
    await importOrders('risky', names.flatMap(history));
    await settled();
    const isUrgent = ({ level }: Score) => level === 'high' || level === 'critical';
    const past = (await readScores()).filter(({ eventId }) => eventId.startsWith('risky:'));
    const customers = new Set(past.map(({ surrogate }) => surrogate));
    const ownTasks = async () => (await readTasks()).filter(({ surrogate }) => customers.has(surrogate));
    expect(past.length).toBeGreaterThanOrEqual(36);
    expect(past.every(({ historical }) => historical)).toBe(true);
    expect(past.some(isUrgent)).toBe(true);
    expect(await ownTasks()).toEqual([]);

    const time = new Date().toISOString();
    await send(names.map((userId) => ({ id: `live-${userId}`, type: 'order.cancelled', time, userId, amount: 20 })));
    await settled();
    const live = (await readScores()).filter(({ surrogate, historical }) => customers.has(surrogate) && !historical);
    const urgent = live.filter(isUrgent);
    expect(urgent.length).toBeGreaterThan(0);
    const opened = new Set((await ownTasks()).map(({ surrogate }) => surrogate));
    expect(opened).toEqual(new Set(urgent.map(({ surrogate }) => surrogate)));
  }, 120_000);

  it('is gone after a roll-back: state and score are those of a customer who never had it', async () => {
    const own = [400, 250, 100, 40];
    const both = ['rolled', 'spared'] as const;
    await importOrders('kept', both.flatMap((who) => own.map((age) => [who, age] as const))); // prettier-ignore
    await importOrders(
      'taken',
      [700, 380, 250, 180, 60, 20].map((age) => ['rolled', age] as const),
    );
    await settled();
    expect(await ask('rolled')).not.toMatchObject({ features: (await ask('spared'))['features'] });
    expect(await run('rollback', 'taken', '--directory', directory)).toContain('6 events of 1 customers taken back');
    const time = new Date().toISOString();
    await send(both.map((userId) => ({ id: `after-${userId}`, type: 'order.placed', time, userId, amount: 25 })));
    await settled();
    const [rolled, spared] = await Promise.all(both.map(ask));
    expect(rolled['features']).toEqual(spared['features']);
    const [score, expected] = await Promise.all(both.map((who) => ask(`${who}/score`)));
    for (const part of ['asOf', 'churn', 'pAlive', 'expectedSpend90d', 'clv', 'level', 'tier', 'stage']) {
      expect(score[part], part).toEqual(expected[part]);
    }
    expect(score['churn']).toMatchObject({ 30: expect.any(Number) as number });
  }, 120_000);
});
