import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { identifyActivation } from '../../services/core/scoring/activation.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { provision } from '../../services/platform/provisioning/provision.ts';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import type { Installation } from '../../services/platform/runtime/installation.ts';
import { newInstallation } from '../../services/platform/runtime/new-installation.ts';
import type { NewInstallation } from '../../services/platform/runtime/new-installation.ts';
import { retryWhileRetryable } from '../../services/platform/runtime/retry.ts';
import { writeInstallation } from '../../services/platform/runtime/write-installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { openRedis } from './open-redis.ts';
import type { OpenedRedis } from './open-redis.ts';
import { stackAddresses } from './stack-addresses.ts';
import { testPrefix } from './test-prefix.ts';

/** Topics, keys and an installation file of its own, for one ingest. */
export interface IngestInstallation {
  readonly prefix: string;
  readonly installation: Installation;
  /** Of the first tenant. */
  readonly writeKey: string;
  /** API token of the first tenant. */
  readonly token: string;
  /** Tenant → its API token. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Tenant → its key for the source `web`. */
  readonly writeKeys: ReadonlyMap<string, string>;
  /** Source → its key, of the first tenant. */
  readonly sourceKeys: Readonly<Record<string, string>>;
  readonly redis: OpenedRedis;
  /** Environment of an ingest service of this installation, on any free port. */
  readonly env: Readonly<Record<string, string>>;
  /** Customers' events on the events topic. */
  events(): Promise<CustomerRecord[]>;
  /** The other records on it. */
  controls(): Promise<CustomerRecord[]>;
  deadLetters(): Promise<DeadLetterRecord[]>;
  remove(): Promise<void>;
}

const logger = createLogger({ name: 'test', level: 'silent' });
const partitions = 3;

const activation = identifyActivation(
  {
    stableModel: 'none/1',
    stableModelHash: '0',
    candidateModel: null,
    candidateModelHash: null,
    candidateShare: 0,
    backend: 'wasm',
    levelCutoffs: [],
    tierCutoffs: [],
    segments: null,
  },
  nodeDigest,
);

export interface IngestInstallationOptions {
  /** True when absent. */
  readonly isProvisioned?: boolean;
  /** `acme` alone when absent. */
  readonly tenants?: readonly string[];
  /** Exchange rates of every tenant into its reporting currency, GBP; none when absent. */
  readonly rates?: NewInstallation['rates'];
  /** Kafka as `host:port`; that of the shared stack when absent. */
  readonly kafka?: string;
}

/** Provisions the topics, if not told otherwise, with an activation that no model stands behind: nothing is scored. */
export async function createIngestInstallation(options: IngestInstallationOptions = {}): Promise<IngestInstallation> {
  const { isProvisioned = true, tenants = ['acme'], rates, kafka = stackAddresses.kafka } = options;
  const prefix = testPrefix();
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-ingest-'));
  const file = join(dir, 'installation.json');
  const { installation, writeKeys, sourceKeys, tokens } = await installTenants(file, tenants, rates);
  const client = createKafkaClient({ brokers: kafka.split(','), clientId: 'test', logger });
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const topics = topicsWithPrefix(prefix);
  const provisionTopics = () => provision({ client, registry, topics, partitions, activation, logger });
  if (isProvisioned) await retryWhileRetryable(provisionTopics, { retries: 20 });
  const redis = await openRedis(prefix);

  async function readAll<T>(topic: string, schema: string): Promise<T[]> {
    const codec = await registry.codec<T>(topic, schema);
    const records = await codec.decode((await readLog({ client, topic, logger })).map(({ value }) => value));
    return records.map((record) => {
      if (record instanceof EngineError) throw record;
      return record;
    });
  }

  const readRecords = () => readAll<CustomerRecord>(topics.events, 'customer-event');

  return {
    prefix,
    installation,
    writeKey: writeKeys.get(tenants[0]) ?? '',
    writeKeys,
    sourceKeys,
    tokens,
    token: tokens.get(tenants[0]) ?? '',
    redis,
    env: {
      KAFKA_BROKERS: kafka,
      SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
      REDIS_URL: stackAddresses.redis,
      TIDEWATCH_TOPIC_PREFIX: prefix,
      TIDEWATCH_KEY_PREFIX: prefix,
      TIDEWATCH_GROUP_PREFIX: prefix,
      TIDEWATCH_INSTALLATION_FILE: file,
      TIDEWATCH_INGEST_PORT: '0',
      TIDEWATCH_LOG_LEVEL: 'warn',
    },
    events: async () => (await readRecords()).filter(isEvent),
    controls: async () => (await readRecords()).filter((record) => !isEvent(record)),
    deadLetters: () => readAll<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
    async remove() {
      await redis.remove();
      await redis.redis.close();
      await deleteTopics(client, prefix);
      await rm(dir, { recursive: true });
    },
  };
}

async function installTenants(
  path: string,
  tenants: readonly string[],
  rates: NewInstallation['rates'],
): Promise<Pick<IngestInstallation, 'installation' | 'writeKeys' | 'sourceKeys' | 'tokens'>> {
  const made = tenants.map((tenant) => newInstallation({ tenant, rates }));
  await writeInstallation(path, { ...made[0].file, tenants: made.flatMap(({ file }) => file.tenants) });
  const writeKeys = new Map(tenants.map((tenant, index) => [tenant, made[index].writeKeys['web']]));
  const tokens = new Map(tenants.map((tenant, index) => [tenant, made[index].token]));
  return { tokens, installation: await readInstallation(path), writeKeys, sourceKeys: made[0].writeKeys };
}

function isEvent({ kind }: CustomerRecord): boolean {
  return kind === 'event';
}
