import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackAddresses } from '../../../scripts/stack/stack.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix, type Topics } from '../../../services/core/events/topics.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { loadSchema } from '../../../services/platform/avro/load-schema.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient, type KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { ensureProvisioned } from '../../../services/platform/provisioning/ensure-provisioned.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import { newInstallation } from '../../../services/platform/runtime/new-installation.ts';
import { createLogger, type Logger } from '../../../services/platform/telemetry/logger.ts';
import { deleteKeys } from './delete-keys.ts';

/** Topics, an installation and a way to fill them, of one bench alone. */
export interface BenchWorld {
  readonly stack: StackAddresses;
  readonly client: KafkaClient;
  readonly logger: Logger;
  readonly topics: Topics;
  readonly partitions: number;
  readonly codecs: { readonly events: RecordCodec<CustomerRecord>; readonly scores: RecordCodec<Score> };
  /** Registered ids of the schemas the codecs write. */
  readonly schemaIds: { readonly events: number; readonly scores: number };
  /** A directory for what is thrown away at the end. */
  readonly dir: string;
  /** A token of the tenant `demo`. */
  readonly token: string;
  /** A new prefix for groups, keys and output topics; what stands under it is deleted at the end. */
  newTwin(): string;
  /** Environment of a scorer that reads the events and writes all it makes under the twin's prefix. */
  scorerEnv(twin: string): Record<string, string>;
  /** Environment of alerts that read the scores of the world and keep all they know under the twin's prefix. */
  alertsEnv(twin: string): Record<string, string>;
  /** Writes the events, acknowledged, in slices. */
  publish(events: Iterable<CustomerRecord>): Promise<void>;
  publishScores(scores: Iterable<Score>): Promise<void>;
  /** Records of the events topic so far, control records included. */
  published(): Promise<number>;
  close(): Promise<void>;
}

const sliceRecords = 5_000;

/** Provisions an installation of its own on a running stack; `close` deletes all of it. */
export async function openBenchWorld(stack: StackAddresses, partitions: number): Promise<BenchWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-bench-'));
  const run = `bench-${Date.now()}-`;
  const logger = createLogger({ name: 'bench', level: 'warn', destination: process.stderr });
  const client = createKafkaClient({ brokers: stack.kafka.split(','), clientId: 'bench', logger });
  const installationFile = join(dir, 'installation.json');
  const { file: installation, token } = newInstallation({});
  await writeFile(installationFile, JSON.stringify(installation));
  const twins: string[] = [];
  const close = async (): Promise<void> => {
    await removeAll(client, stack, [run, ...twins]);
    await rm(dir, { recursive: true });
  };
  try {
    const schemas = await provisionRun({ stack, run, partitions, client, logger });
    const topics = topicsWithPrefix(run);
    const consumerEnv = (twin: string): Record<string, string> => ({
      KAFKA_BROKERS: stack.kafka,
      SCHEMA_REGISTRY_URL: stack.schemaRegistry,
      REDIS_URL: stack.redis,
      TIDEWATCH_TOPIC_PREFIX: run,
      TIDEWATCH_GROUP_PREFIX: twin,
      TIDEWATCH_KEY_PREFIX: twin,
      TIDEWATCH_INSTALLATION_FILE: installationFile,
      TIDEWATCH_LOG_LEVEL: 'warn',
    });
    return {
      stack,
      client,
      logger,
      topics,
      partitions,
      ...schemas,
      dir,
      token,
      newTwin() {
        const twin = `${run}${twins.length + 1}-`;
        twins.push(twin);
        return twin;
      },
      scorerEnv: (twin) => ({
        ...consumerEnv(twin),
        TIDEWATCH_OUTPUT_TOPIC_PREFIX: twin,
        TIDEWATCH_SCORER_PORT: '0',
      }),
      alertsEnv: (twin) => ({ ...consumerEnv(twin), TIDEWATCH_ALERTS_PORT: '0' }),
      publish: (events) => publishAll(client, topics.events, schemas.codecs.events, events),
      publishScores: (scores) => publishAll(client, topics.scores, schemas.codecs.scores, scores),
      published: () => countRecords(client, topics.events),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface RunToProvision {
  readonly stack: StackAddresses;
  readonly run: string;
  readonly partitions: number;
  readonly client: KafkaClient;
  readonly logger: Logger;
}

async function provisionRun({
  stack,
  run,
  partitions,
  client,
  logger,
}: RunToProvision): Promise<Pick<BenchWorld, 'codecs' | 'schemaIds'>> {
  const registry = createSchemaRegistry({ url: stack.schemaRegistry, logger });
  const config = {
    KAFKA_BROKERS: stack.kafka.split(','),
    SCHEMA_REGISTRY_URL: stack.schemaRegistry,
    TIDEWATCH_TOPIC_PREFIX: run,
    TIDEWATCH_PARTITIONS: partitions,
    TIDEWATCH_START_TIMEOUT_MS: 60_000,
  };
  await ensureProvisioned({ config, client, registry, modelDir: 'models/retention/3', logger });
  const topics = topicsWithPrefix(run);
  return {
    codecs: {
      events: await registry.codec<CustomerRecord>(topics.events, 'customer-event'),
      scores: await registry.codec<Score>(topics.scores, 'score'),
    },
    schemaIds: {
      events: await registry.register(`${topics.events}-value`, loadSchema('customer-event')),
      scores: await registry.register(`${topics.scores}-value`, loadSchema('score')),
    },
  };
}

async function publishAll<T extends { readonly surrogate: string | null }>(
  client: KafkaClient,
  topic: string,
  codec: RecordCodec<T>,
  records: Iterable<T>,
): Promise<void> {
  const sink = createKafkaSink({ client });
  let slice: OutgoingRecord[] = [];
  try {
    for (const record of records) {
      slice.push({ topic, key: record.surrogate, value: codec.encode(record) });
      if (slice.length < sliceRecords) continue;
      await sink.publish(slice);
      slice = [];
    }
    if (slice.length > 0) await sink.publish(slice);
  } finally {
    await sink.stop();
  }
}

async function countRecords(client: KafkaClient, topic: string): Promise<number> {
  const admin = client.admin();
  await admin.connect();
  try {
    return (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

async function removeAll(client: KafkaClient, stack: StackAddresses, prefixes: readonly string[]): Promise<void> {
  for (const prefix of prefixes) await deleteTopics(client, prefix);
  const redis = createRedis({ url: stack.redis, logger: createLogger({ name: 'bench', level: 'silent' }) });
  // Every twin's prefix begins with the run's.
  await deleteKeys(redis, prefixes[0]);
  await redis.close();
}
