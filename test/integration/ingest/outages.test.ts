import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { LogSink } from '../../../services/core/ports/log.ts';
import { createAdmissionDesk } from '../../../services/ingest/admission.ts';
import { nodeInflate } from '../../../services/ingest/body/inflate.ts';
import { realDeadline } from '../../../services/ingest/deadline.ts';
import { dialects } from '../../../services/ingest/dialects/dialects.ts';
import { createIngestMetrics } from '../../../services/ingest/ingest-metrics.ts';
import { createIngestPipeline } from '../../../services/ingest/pipeline.ts';
import { buildSenders } from '../../../services/ingest/build-senders.ts';
import { addIngestRoutes } from '../../../services/ingest/routes.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { readPlan } from '../../../services/platform/runtime/read-plan.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { listen } from '../../../services/platform/http/listen.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createRedisClaimStore } from '../../../services/platform/redis/redis-claim-store.ts';
import { systemClock } from '../../../services/platform/runtime/system-clock.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { eventually } from '../../support/eventually.ts';
import { testAccess } from '../../support/ingest-access.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import type { IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';
import { openTcpProxy } from '../../support/tcp-proxy.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
let world: IngestInstallation;

beforeAll(async () => {
  world = await createIngestInstallation();
});

afterAll(() => world.remove());

/** Sends with the real client and gives what it saw: errors, and status and wait of each answer. */
function startClient(host: string) {
  const client = new Analytics({ writeKey: world.writeKey, host, flushAt: 5, maxRetries: 20 });
  const errors: unknown[] = [];
  const answers: { status: number; retryAfter: string | undefined }[] = [];
  client.on('error', ({ reason }) => errors.push(reason));
  client.on('http_response', ({ status, headers }) => {
    answers.push({ status: Number(status), retryAfter: headers['retry-after'] });
  });
  return { client, errors, answers };
}

async function countOf(user: string): Promise<number> {
  const sent = (await world.events()).filter(({ name }) => name === user);
  expect(new Set(sent.map(({ eventId }) => eventId)).size).toBe(sent.length);
  return sent.length;
}

function expectOnlyWaits(answers: readonly { status: number; retryAfter: string | undefined }[]): void {
  expect(answers.length).toBeGreaterThan(0);
  for (const { status, retryAfter } of answers) {
    expect(status).toBe(503);
    expect(retryAfter).toMatch(/^[1-9]\d*$/);
  }
}

describe('while Redis is away', () => {
  it('every answer asks to come back, readiness says why, and nothing is lost or doubled afterwards', async () => {
    const { hostname: host, port } = new URL(stackAddresses.redis);
    const proxy = await openTcpProxy({ host, port: Number(port) });
    const ingest = await runIngest({ ...world.env, REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    proxy.cut();
    const { client, errors, answers } = startClient(ingest.url);
    for (let index = 0; index < 20; index++) client.track({ userId: `r${index}`, event: 'Redis Away' });
    await eventually(() => expect(answers.length).toBeGreaterThanOrEqual(8));
    expectOnlyWaits(answers);
    expect(ingest.ready()).toMatchObject({ ready: false, reasons: ['Redis is not connected'] });
    expect((await fetch(`${ingest.url}/readyz`)).status).toBe(503);
    expect(await countOf('Redis Away')).toBe(0);
    proxy.restore();
    await client.closeAndFlush({ timeout: 30_000 });
    expect(errors).toEqual([]);
    expect(await countOf('Redis Away')).toBe(20);
    await ingest.drain();
    await ingest.stop();
    await proxy.close();
  });
});

/** The routes over the real Redis, registry and Kafka; the sink stands behind a switch. */
async function startSwitched() {
  const topics = topicsWithPrefix(world.prefix);
  const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const real = createKafkaSink({ client });
  const state = { isAway: false, until: Promise.resolve() };
  const sink: LogSink = {
    async publish(records) {
      if (!state.isAway) return real.publish(records);
      await state.until;
      throw new EngineError('ERR_LOG_UNAVAILABLE', 'switched off', { retryable: true });
    },
    stop: () => real.stop(),
  };
  const metrics = createMetrics('ingest');
  const telemetry = createIngestMetrics(metrics, logger);
  const plan = await readPlan(null);
  const server = createHttpServer({ logger, metrics, ready: () => ({ ready: true, reasons: [], partitions: [] }) });
  const pipeline = createIngestPipeline({
    codec: await registry.codec<CustomerRecord>(topics.events, 'customer-event'),
    deadLetterCodec: await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
    sink,
    claims: createRedisClaimStore({ redis: world.redis.redis, keyPrefix: world.prefix }),
    clock: systemClock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work, limitMs) => realDeadline(work, limitMs / 5),
    topics,
    partitions: 3,
    telemetry,
  });
  const desk = createAdmissionDesk({ requestsInFlight: 8, bytesInFlight: 1_000_000 });
  addIngestRoutes(server, {
    dialects,
    pipeline,
    ...testAccess(buildSenders(world.installation)),
    inflate: nodeInflate,
    desk,
    telemetry,
    eventsPerRequest: 10_000,
  });
  const url = await listen(server, { host: '127.0.0.1', port: 0, explicit: true });
  onTestFinished(async () => {
    await server.close();
    await sink.stop();
  });
  return { url, state, desk };
}

describe('while Kafka is away', () => {
  it('every answer asks to come back, and nothing is lost or doubled afterwards', async () => {
    const { url, state } = await startSwitched();
    state.isAway = true;
    const { client, errors, answers } = startClient(url);
    for (let index = 0; index < 20; index++) client.track({ userId: `k${index}`, event: 'Kafka Away' });
    await eventually(() => expect(answers.length).toBeGreaterThanOrEqual(8));
    expectOnlyWaits(answers);
    state.isAway = false;
    await client.closeAndFlush({ timeout: 30_000 });
    expect(errors).toEqual([]);
    expect(await countOf('Kafka Away')).toBe(20);
  });

  it('holds no more unfinished work than it may, and answers in time', async () => {
    const { url, state, desk } = await startSwitched();
    const back = Promise.withResolvers<void>();
    Object.assign(state, { isAway: true, until: back.promise });
    const event = { type: 'page', userId: 'u', messageId: `${world.prefix}silent` };
    const post = (index: number) =>
      fetch(`${url}/v1/batch`, {
        method: 'POST',
        body: JSON.stringify({
          writeKey: world.writeKey,
          batch: [{ ...event, messageId: `${event.messageId}${index}` }],
        }),
      });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => post(index)));
    // Kafka has not answered yet: nobody waited for it.
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    const codes = await Promise.all(answers.map(async (each) => ((await each.json()) as { code: string }).code));
    expect(codes.filter((code) => code === 'ERR_LOG_UNAVAILABLE')).toHaveLength(8);
    expect(codes.filter((code) => code === 'ERR_OVERLOADED')).toHaveLength(32);
    back.resolve();
    await desk.idle();
    state.isAway = false;
    expect((await post(0)).status).toBe(200);
  });
});
