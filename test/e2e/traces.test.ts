import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { type PartitionRecord, readLog } from '../../services/platform/kafka/read-log.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { createInstallation } from '../../services/platform/runtime/installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openRedis } from '../support/open-redis.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';
import { openTraceReceiver, type ReceivedSpan } from '../support/trace-receiver.ts';

/*
 * One trace from a request to the task it leads to, through the three services as processes, and what a collector gets of
 * it. That services send nothing where no collector is named is seen in main-job.test.ts.
 */

const dayMs = 86_400_000;
const faultCode = 2;
const prefix = testPrefix();
const topics = topicsWithPrefix(prefix);
const logger = createLogger({ name: 'test', level: 'silent' });
const kafka = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
let receiver: Awaited<ReturnType<typeof openTraceReceiver>>;
let folder: string;
let writeKey: string;
let services: readonly ServiceProcess[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-traces-'));
  receiver = await openTraceReceiver();
  const installationFile = join(folder, 'installation.json');
  writeKey = (await createInstallation(installationFile, {})).writeKeys['web'];
  const env = {
    KAFKA_BROKERS: stackAddresses.kafka,
    SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
    REDIS_URL: stackAddresses.redis,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_GROUP_PREFIX: prefix,
    TIDEWATCH_KEY_PREFIX: prefix,
    TIDEWATCH_PARTITIONS: '3',
    TIDEWATCH_INSTALLATION_FILE: installationFile,
    TIDEWATCH_LOG_LEVEL: 'warn',
    TIDEWATCH_OTLP_ENDPOINT: receiver.url,
    TIDEWATCH_TRACE_EVERY: '1',
  };
  services = await Promise.all(
    ['ingest', 'scorer', 'alerts'].map((name) => {
      return startService(name, { ...env, [`TIDEWATCH_${name.toUpperCase()}_PORT`]: '0' });
    }),
  );
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await receiver.close();
  await deleteTopics(kafka, prefix);
  const { redis, remove } = await openRedis(prefix);
  await remove();
  await redis.close();
  await rm(folder, { recursive: true });
});

interface Sent {
  readonly userId: string;
  readonly email: string;
  readonly traceparent?: string;
}

/** One request with two old orders of a customer and the cancellation that makes a task of them. */
async function send({ userId, email, traceparent }: Sent): Promise<void> {
  const now = Date.now();
  const batch = [
    { event: 'Order Completed', daysAgo: 420 },
    { event: 'Order Completed', daysAgo: 400 },
    { event: 'Order Cancelled', daysAgo: 0 },
  ].map(({ event, daysAgo }) => ({
    ...{ type: 'track', messageId: `${userId}-${daysAgo}`, userId, event },
    timestamp: new Date(now - daysAgo * dayMs).toISOString(),
    properties: { orderId: `${userId}-${daysAgo}`, total: 25, currency: 'GBP', email },
    context: { traits: { email }, ...(daysAgo > 0 && { tidewatch: { historical: true } }) },
  }));
  const answer = await fetch(`${services[0].url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
      ...(traceparent !== undefined && { traceparent }),
    },
    body: JSON.stringify({ batch }),
  });
  expect(await answer.text()).toContain('"result":"accepted"');
}

const traceOf = (header: string | undefined) => header?.split('-')[1];

/** The records of a topic that say they belong to one of these traces. */
async function recordsOf(topic: string, traceId: string): Promise<PartitionRecord[]> {
  return (await readLog({ client: kafka, topic, logger })).filter((record) => traceOf(record.traceparent) === traceId);
}

/** A repeated attempt, as when another process is in the way, has a span of its own. */
const wentWell = ({ status }: ReceivedSpan) => status.code !== faultCode;

/** @returns the spans of the one trace that is not known yet, once it has come to a task */
async function nextTrace(known: ReadonlySet<string>): Promise<{ traceId: string; spans: readonly ReceivedSpan[] }> {
  return eventually(
    async () => {
      const ingested = receiver.spans.filter(({ name, traceId }) => name === 'ingest events' && !known.has(traceId));
      expect(ingested).toHaveLength(1);
      const [{ traceId }] = ingested;
      const spans = receiver.spans.filter((span) => span.traceId === traceId && wentWell(span));
      const decided = new Set(spans.filter(({ name }) => name === 'decide on tasks').map(({ spanId }) => spanId));
      const tasks = await recordsOf(topics.tasks, traceId);
      expect(tasks.length).toBeGreaterThan(0);
      for (const { traceparent } of tasks) expect(decided).toContain(traceparent?.split('-')[2]);
      return { traceId, spans };
    },
    { timeoutMs: 40_000, intervalMs: 300 },
  );
}

function expectChain(spans: readonly ReceivedSpan[]): void {
  const named = (name: string) => spans.filter((span) => span.name === name);
  const ids = (name: string) => named(name).map(({ spanId }) => spanId);
  const parents = (name: string) => [...new Set(named(name).map(({ parentSpanId }) => parentSpanId))];
  expect(new Set(spans.map(({ service, name }) => `${service}: ${name}`))).toEqual(
    new Set(['tidewatch-ingest: ingest events', 'tidewatch-scorer: score event', 'tidewatch-alerts: decide on tasks']),
  );
  const [root] = named('ingest events');
  expect(root.parentSpanId ?? '').toBe('');
  expect(parents('score event')).toEqual([root.spanId]);
  // Alerts reads scores, and beside them the events themselves.
  const possible = [root.spanId, ...ids('score event')];
  for (const parent of parents('decide on tasks')) expect(possible).toContain(parent);
  expect(parents('decide on tasks').some((parent) => ids('score event').includes(parent ?? ''))).toBe(true);
}

describe('a trace', () => {
  it('goes from the request over the score to the task, in spans of three processes, and names nobody', async () => {
    const known = new Set<string>();
    const sent: Sent[] = [];
    for (const traceparent of [undefined, `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01`]) {
      const userId = `customer-${randomBytes(6).toString('hex')}`;
      const client = { userId, email: `${userId}@mail.example`, ...(traceparent !== undefined && { traceparent }) };
      await send(client);
      const { traceId, spans } = await nextTrace(known);
      expectChain(spans);
      // Strangers must not choose what is followed: the trace of a client is not gone on with.
      expect(traceId).not.toBe(traceOf(traceparent));
      expect((await recordsOf(topics.events, traceId)).length).toBe(3);
      expect((await recordsOf(topics.scores, traceId)).length).toBeGreaterThan(0);
      known.add(traceId);
      sent.push(client);
    }
    expect(new Set(receiver.spans.map(({ traceId }) => traceId))).toEqual(known);
    const keys = (await readLog({ client: kafka, topic: topics.tasks, logger })).map(({ key }) => key);
    const personal = sent.flatMap(({ userId, email }) => [userId, email]);
    for (const name of [...personal, ...keys]) expect(receiver.bodies.join('\n')).not.toContain(name);
    expect(receiver.bodies.join('\n')).not.toContain('mail.example');
  });
});
