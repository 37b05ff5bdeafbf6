import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultTests } from '../../../../observability/alerts/alert-rule.ts';
import { renderSpedUpRules } from '../../../../observability/alerts/sped-up-rules.ts';
import { systemAlerts } from '../../../../observability/alerts/system-alerts.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../../services/platform/kafka/kafka-sink.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { makeDefectiveModel } from '../../../support/defective-model.ts';
import { pidOf, reasonsOf, restartScorer } from '../../../support/demo-scorer.ts';
import { mixedEvent } from '../../../support/events-installation.ts';
import { eventually } from '../../../support/eventually.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';
import { runs } from '../../../support/property-runs.ts';
import { openRedisWay } from '../../../support/redis-way.ts';
import { runVerb } from '../../../support/run-verb.ts';
import { startDemo, type RunningDemo } from '../../../support/running-demo.ts';
import { stackAddresses } from '../../../support/stack-addresses.ts';
import { watchAlerts } from '../../../support/watched-alerts.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
const patience = { timeoutMs: 120_000, intervalMs: 500 };
const partitions = 4;

let folder: string;
let models: string;
let demo: RunningDemo;
let redisWay: Awaited<ReturnType<typeof openRedisWay>>;
const { seeFire, seeFireAndResolve, seeResolved, seeSilence, expectAllClaimed } = watchAlerts(() => demo);

beforeAll(async () => {
  redisWay = await openRedisWay();
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-faults-'));
  models = join(folder, 'models');
  await cp(shippedModelDir, join(models, '3'), { recursive: true });
  // The shortest the broker allows: a killed scorer keeps its partitions for so long.
  const env = { REDIS_URL: redisWay.url, TIDEWATCH_MODEL_DIR: models, TIDEWATCH_SESSION_TIMEOUT_MS: '6000' };
  demo = await startDemo(['--rate', '30'], { rules: renderSpedUpRules(systemAlerts), env });
});
afterAll(async () => {
  redisWay.restore();
  await demo.stop();
  await redisWay.close();
  await rm(folder, { recursive: true, force: true });
});

const stack = () => ({
  KAFKA_BROKERS: demo.file.kafka,
  SCHEMA_REGISTRY_URL: demo.file.schemaRegistry,
  REDIS_URL: demo.file.redis,
  TIDEWATCH_TOPIC_PREFIX: demo.file.topicPrefix,
  TIDEWATCH_PARTITIONS: String(partitions),
});

async function runTool(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runVerb(args, stack());
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

/** Puts a model in force, and waits until no partition has anything left to do for the one before. */
async function activate(model: string, name: string): Promise<void> {
  await runTool('provision', '--model', model);
  await eventually(async () => {
    const reasons = await reasonsOf(demo);
    const waiting = reasons.filter((reason) => reason.includes(`activates model "${name}"`));
    expect(waiting.filter((reason) => !reason.includes('; start one with that model'))).toEqual([]);
    expect(waiting).toHaveLength(partitions);
  }, patience);
}

async function withAdmin<T>(work: (admin: ReturnType<typeof client.admin>) => Promise<T>): Promise<T> {
  const admin = client.admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

/** Removes all records of the log once it holds some, on every partition, that the scorer has not handled. */
async function cutLog(topic: string): Promise<void> {
  await withAdmin(async (admin) => {
    const ends = await eventually(async () => {
      const [group] = await admin.fetchOffsets({
        groupId: `${demo.file.topicPrefix}tidewatch.scorer`,
        topics: [topic],
      });
      const done = new Map(group.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      const now = await admin.fetchTopicOffsets(topic);
      for (const { partition, high } of now) expect(Number(high)).toBeGreaterThan((done.get(partition) ?? 0) + 5);
      return now;
    }, patience);
    await admin.deleteTopicRecords({
      topic,
      partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
    });
  });
}

async function lengthenRetention(topic: string): Promise<void> {
  const configEntries = [{ name: 'retention.ms', value: '-1' }];
  await withAdmin((admin) =>
    admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] }),
  );
}

/** What the business keeps of its orders: those of some customers, placed while the scorer was away. */
const archive = Array.from({ length: 20 }, (_, i) => ({ who: `archived-${i}`, order: `archived-order-${i}` }));

async function placeArchivedOrders(at: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${demo.file.writeKey}:`).toString('base64')}`;
  const batch = archive.map(({ who, order }) => ({
    ...{ type: 'track', event: 'Order Completed', userId: who, messageId: order, timestamp: at },
    properties: { order_id: order, total: 25, currency: 'GBP' },
  }));
  const response = await fetch(`${demo.file.ingest}/v1/batch`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

async function importArchive(at: string): Promise<void> {
  const file = join(folder, 'archive.csv');
  const lines = archive.map(({ who, order }) => `${who},${at},25.00,GBP,${order}`);
  await writeFile(file, ['who,when,amount,currency,order', ...lines].join('\n'));
  const map = 'customer_id=who,timestamp=when,amount=amount,currency=currency,order_id=order';
  const target = ['--url', demo.file.ingest, '--key', demo.file.writeKey, '--directory', demo.folder];
  expect(await runTool('import', file, '--map', map, ...target)).toContain('verified');
}

async function knowsArchived(): Promise<number> {
  const headers = { authorization: `Bearer ${demo.file.adminToken}` };
  const answers = archive.map(({ who }) => fetch(`${demo.file.scorer}/v1/customers/${who}`, { headers }));
  return (await Promise.all(answers)).filter(({ status }) => status === 200).length;
}

/** Writes more events than can be handled while Redis does not answer. */
async function startFlood(): Promise<() => Promise<void>> {
  const topic = topicsWithPrefix(demo.file.topicPrefix).events;
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const codec = await registry.codec<CustomerRecord>(topic, 'customer-event');
  const sink = createKafkaSink({ client });
  let isOver = false;
  const flood = async (): Promise<void> => {
    for (let next = 0; !isOver; next += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, i) => ({
        ...mixedEvent(next + i, 500),
        tenant: demo.file.tenant,
      }));
      await sink.publish(events.map((event) => ({ topic, key: event.surrogate, value: codec.encode(event) })));
      await pause(1_000);
    }
    await sink.stop();
  };
  const flooding = flood();
  return () => ((isOver = true), flooding);
}

// Each alert needs minutes to fire and to resolve: too long for a normal run.
describe.skipIf(runs(1) === 1)('alerts about scoring, with their faults caused', { shuffle: false }, () => {
  it('tell of partitions that wait for another model, and of a model whose figures are not finite', async () => {
    const defective = await makeDefectiveModel('4');
    await seeSilence(['PartitionStuck', 'ScoresDegraded']);
    await activate(defective, 'retention/4');
    await seeFire(['PartitionStuck']);
    await cp(defective, join(models, '4'), { recursive: true });
    await restartScorer(demo, 'SIGTERM');
    await seeFire(['ScoresDegraded']);
    await seeResolved(['PartitionStuck']);
    await activate(join(models, '3'), 'retention/3');
    await rm(join(models, '4'), { recursive: true });
    await restartScorer(demo, 'SIGTERM');
    await seeResolved(['ScoresDegraded']);
  });

  it('tell of records that were removed while the scorer was away', async () => {
    const topic = topicsWithPrefix(demo.file.topicPrefix).events;
    const at = new Date().toISOString();
    await seeFireAndResolve(
      ['OffsetsLost'],
      async () => {
        process.kill(await pidOf(demo, 'scorer'), 'SIGSTOP');
        await placeArchivedOrders(at);
        await cutLog(topic);
        await restartScorer(demo, 'SIGKILL');
        expect(await knowsArchived()).toBe(0);
      },
      async () => {
        await lengthenRetention(topic);
        await importArchive(at);
        await eventually(async () => expect(await knowsArchived()).toBe(archive.length), patience);
      },
    );
  });

  it('tell of a lag that grows while Redis does not answer', async () => {
    let endFlood = (): Promise<void> => Promise.resolve();
    await seeFireAndResolve(
      ['PartitionLagGrows'],
      async () => {
        redisWay.stall();
        endFlood = await startFlood();
      },
      async () => {
        await endFlood();
        redisWay.restore();
      },
    );
  });

  it('are those whose pages say so', () => {
    expectAllClaimed(faultTests.scorer);
  });
});
