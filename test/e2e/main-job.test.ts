import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { createInstallation } from '../../services/platform/runtime/installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openRedis } from '../support/open-redis.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';
import { openTraceReceiver } from '../support/trace-receiver.ts';

/*
 * From the real client of a shop to a retention task: the three services as processes, started together on a stack
 * that knows nothing of them yet.
 */

interface Task {
  readonly trigger: string;
  readonly taskId: string;
  readonly customerRef: string;
  readonly score: { readonly scoreId: string; readonly level: string };
}

/** One call of the client: what, how many days ago, and whether it is imported history. */
interface Call {
  readonly messageId: string;
  readonly event: 'Order Completed' | 'Order Cancelled';
  readonly daysAgo: number;
  readonly historical?: true;
  readonly total?: number | string;
}

const dayMs = 86_400_000;
/** Fixed, so that a message sent again says the same. */
const now = Date.now();
const prefix = testPrefix();
const topics = topicsWithPrefix(prefix);
const logger = createLogger({ name: 'test', level: 'silent' });
const kafka = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
const admin = kafka.admin();
const running: ServiceProcess[] = [];
let folder: string;
let token: string;
let writeKey: string;
let ingest: ServiceProcess;
let scorer: ServiceProcess;
let alerts: ServiceProcess;
let collector: Awaited<ReturnType<typeof openTraceReceiver>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-main-job-'));
  const installationFile = join(folder, 'installation.json');
  const made = await createInstallation(installationFile, {});
  token = made.token;
  writeKey = made.writeKeys['web'];
  await admin.connect();
  collector = await openTraceReceiver();
  const start = async (name: string) => {
    const service = await startService(name, {
      KAFKA_BROKERS: stackAddresses.kafka,
      SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
      REDIS_URL: stackAddresses.redis,
      TIDEWATCH_TOPIC_PREFIX: prefix,
      TIDEWATCH_GROUP_PREFIX: prefix,
      TIDEWATCH_KEY_PREFIX: prefix,
      TIDEWATCH_PARTITIONS: '3',
      TIDEWATCH_INSTALLATION_FILE: installationFile,
      TIDEWATCH_LOG_LEVEL: 'warn',
      // Only TIDEWATCH_OTLP_ENDPOINT may make them send traces: none of them does.
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.base,
      TIDEWATCH_TRACE_EVERY: '1',
      [`TIDEWATCH_${name.toUpperCase()}_PORT`]: '0',
    });
    running.push(service);
    return service;
  };
  [ingest, scorer, alerts] = await Promise.all(['ingest', 'scorer', 'alerts'].map(start));
});

afterAll(async () => {
  expect(await Promise.all(running.map((service) => service.stop()))).toEqual([0, 0, 0]);
  await expectNothingFollowed();
  await collector.close();
  await admin.disconnect();
  await deleteTopics(kafka, prefix);
  const { redis, remove } = await openRedis(prefix);
  await remove();
  await redis.close();
  await rm(folder, { recursive: true });
});

/** Where no collector is named nothing is sent, and no record says that it belongs to a trace. */
async function expectNothingFollowed(): Promise<void> {
  expect(collector.bodies).toEqual([]);
  for (const topic of [topics.events, topics.scores, topics.tasks]) {
    const headers = (await readLog({ client: kafka, topic, logger })).map(({ traceparent }) => traceparent);
    expect(new Set(headers), topic).toEqual(new Set([undefined]));
  }
}

/** A customer who bought twice, and not for more than a year now. */
function lapsedHistory(customer: string): Call[] {
  return [420, 400].map((daysAgo) => ({
    messageId: `${customer}-${daysAgo}`,
    event: 'Order Completed',
    daysAgo,
    historical: true,
  }));
}

function cancellation(messageId: string): Call {
  return { messageId, event: 'Order Cancelled', daysAgo: 0 };
}

/** Lets the shop's own client send the calls and waits until ingest has answered for all of them. */
async function send(customer: string, calls: readonly Call[]): Promise<void> {
  const client = new Analytics({ writeKey, host: ingest.url, flushAt: 100 });
  const errors: unknown[] = [];
  client.on('error', ({ reason }) => errors.push(reason));
  for (const { messageId, event, daysAgo, historical, total } of calls) {
    client.track({
      messageId: prefix + messageId,
      userId: customer,
      event,
      timestamp: new Date(now - daysAgo * dayMs),
      properties: { orderId: messageId, total: total ?? 25, currency: 'GBP' },
      context: historical === true ? { tidewatch: { historical } } : {},
    });
  }
  await client.closeAndFlush({ timeout: 20_000 });
  expect(errors).toEqual([]);
}

async function get(service: ServiceProcess, path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

/** Of the risk of losing the customer; who has lapsed may have tasks of other playbooks too. */
async function listedTasks(customer: string): Promise<Task[]> {
  const { status, body } = await get(alerts, '/v1/tasks?limit=200');
  expect(status).toBe(200);
  return (body as { tasks: Task[] }).tasks.filter(
    ({ customerRef, trigger }) => customerRef === customer && trigger === 'churn-risk',
  );
}

async function tasksOnTopic(customer: string): Promise<RetentionTask[]> {
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const codec = await registry.codec<RetentionTask>(topics.tasks, 'retention-task');
  const records = await readLog({ client: kafka, topic: topics.tasks, logger });
  const tasks = (await codec.decode(records.map(({ value }) => value))).map((task) => {
    if (task instanceof EngineError) throw task;
    return task;
  });
  return tasks.filter(({ customerRef, trigger }) => customerRef === customer && trigger === 'churn-risk');
}

/** Waits until scorer and alerts have committed everything that stands on their topics. */
async function everythingHandled(): Promise<void> {
  for (const [topic, group] of [
    [topics.events, 'tidewatch.scorer'],
    [topics.scores, 'tidewatch.alerts'],
  ]) {
    await eventually(
      async () => {
        const ends = (await admin.fetchTopicOffsets(topic)).filter(({ high }) => high !== '0');
        const [{ partitions }] = await admin.fetchOffsets({ groupId: prefix + group, topics: [topic] });
        const committed = new Map(partitions.map(({ partition, offset }) => [partition, offset]));
        for (const { partition, high } of ends) expect(committed.get(partition), `${topic} ${partition}`).toBe(high);
      },
      { timeoutMs: 40_000, intervalMs: 200 },
    );
  }
}

async function eventsAnswered(result: string): Promise<number> {
  const text = await (await fetch(`${ingest.url}/metrics`)).text();
  return Number(new RegExp(`^tidewatch_events_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('the main job', () => {
  it('makes one task of the risk of a lapsed customer who cancels, on the topic and in the API', async () => {
    await send('ann', lapsedHistory('ann'));
    await everythingHandled();
    expect(await listedTasks('ann')).toEqual([]);

    const sentAt = Date.now();
    await send('ann', [cancellation('ann-now')]);
    const [task, ...others] = await eventually(async () => {
      const tasks = await listedTasks('ann');
      expect(tasks).not.toEqual([]);
      return tasks;
    });
    expect(others).toEqual([]);
    const { body: score } = await get(scorer, '/v1/customers/ann/score');
    expect(score).toMatchObject({ customerRef: 'ann', modelVersion: 'retention/3', degraded: false });
    expect(['high', 'critical']).toContain(task.score.level);
    const { freshnessMs, ...published } = score as { freshnessMs: number };
    expect(freshnessMs).toBeLessThanOrEqual(Date.now() - sentAt);
    expect(task).toMatchObject({ tenant: 'demo', trigger: 'churn-risk', status: 'open', version: 1, score: published });
    expect(await tasksOnTopic('ann')).toMatchObject([{ taskId: task.taskId, version: 1, status: 'open' }]);
  });

  it('adds no task when the same is sent again, nor for a second sign of the same risk', async () => {
    const calls = [...lapsedHistory('bob'), cancellation('bob-now')];
    await send('bob', calls);
    const [task] = await eventually(async () => {
      const tasks = await listedTasks('bob');
      expect(tasks).not.toEqual([]);
      return tasks;
    });
    const duplicates = await eventsAnswered('duplicate');
    await send('bob', calls);
    expect(await eventsAnswered('duplicate')).toBe(duplicates + calls.length);
    await send('bob', [cancellation('bob-once-more')]);
    await everythingHandled();
    expect((await listedTasks('bob')).map(({ taskId }) => taskId)).toEqual([task.taskId]);
    expect(new Set((await tasksOnTopic('bob')).map(({ taskId }) => taskId))).toEqual(new Set([task.taskId]));
    const { body } = await get(scorer, '/v1/customers/bob');
    expect(body).toMatchObject({ features: { orders: 2, cancellations: 2 } });
  });

  it('opens none for an import alone, nor for a customer who buys, and goes on beside an event it refuses', async () => {
    await send('carl', [...lapsedHistory('carl'), { ...cancellation('carl-now'), historical: true }]);
    const bought = [65, 45, 25, 5].map((daysAgo): Call => ({
      messageId: `dora-${daysAgo}`,
      event: 'Order Completed',
      daysAgo,
      historical: true,
    }));
    const rejected = await eventsAnswered('rejected');
    await send('dora', [...bought, { messageId: 'dora-bad', event: 'Order Completed', daysAgo: 0, total: 'NaN' }]);
    await send('dora', [{ messageId: 'dora-now', event: 'Order Completed', daysAgo: 0 }]);
    await everythingHandled();
    expect(await eventsAnswered('rejected')).toBe(rejected + 1);
    const { body: imported } = await get(scorer, '/v1/customers/carl/score');
    expect(['high', 'critical']).toContain((imported as { level: string }).level);
    expect(await get(scorer, '/v1/customers/dora')).toMatchObject({
      body: { features: { orders: 5 }, score: { level: 'none' } },
    });
    for (const customer of ['carl', 'dora']) {
      expect(await listedTasks(customer)).toEqual([]);
      expect(await tasksOnTopic(customer)).toEqual([]);
    }
  });
});
