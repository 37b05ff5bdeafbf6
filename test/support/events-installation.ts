import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { featureReading } from '../../services/core/features/reads-features.ts';
import { createSchemaRegistry, type SchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { ensureProvisioned } from '../../services/platform/provisioning/ensure-provisioned.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { newInstallation } from '../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { aRecord } from './builders.ts';
import { eventually } from './eventually.ts';
import { type StackAddresses, stackAddresses } from './stack-addresses.ts';
import { testPrefix } from './test-prefix.ts';

export interface EventsInstallation {
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly prefix: string;
  /** API token of the tenant. */
  readonly token: string;
  /** Of its source `web`. */
  readonly writeKey: string;
  readonly customers: number;
  /** What was published at first, in this order. */
  readonly records: readonly CustomerRecord[];
  /** Distinct events that a feature reads. */
  readonly scoredEvents: number;
  /** Environment of a scorer that reads these events under group, key and output-topic prefixes of its own. */
  scorerEnv(twin: string): Record<string, string>;
  /** Fails until the group of that scorer has committed the end of every partition. */
  expectDone(twin: string): Promise<void>;
  publish(records: readonly CustomerRecord[]): Promise<void>;
  /** Gives the events topic more partitions and begins the epoch that this makes necessary. */
  repartition(partitions: number): Promise<void>;
  /** Topics whose name begins with one of the prefixes used are deleted. */
  remove(): Promise<void>;
}

const logger = createLogger({ name: 'test', level: 'silent' });
const day = 86_400_000;
const start = Date.UTC(2025, 0, 6, 9);

/** A fixed mixture of orders, cancellations, page views and repeated events over many customers and days. */
function mixedEvents(customers: number, events: number): CustomerRecord[] {
  const records: CustomerRecord[] = [];
  for (let i = 0; i < events; i++) records.push(i % 50 === 49 ? records[i - 10] : mixedEvent(i, customers));
  return records;
}

/** Event `i` of an endless mixture: the same number always gives the same event. */
export function mixedEvent(i: number, customers: number): CustomerRecord {
  const occurredAt = start + Math.floor(i / 10) * (day / 4) - (i % 9 === 0 ? 20 * day : 0);
  const type = i % 11 === 0 ? 'page.viewed' : i % 13 === 0 ? 'order.cancelled' : 'order.placed';
  const sign = type === 'order.cancelled' ? -1 : 1;
  const amount = type === 'page.viewed' ? null : sign * (500 + ((i * 104_729) % 20_000));
  return aRecord({
    eventId: `event-${i}`,
    surrogate: ((i * 7919) % customers).toString(16).padStart(32, '0'),
    type,
    occurredAt,
    receivedAt: occurredAt + 1000,
    amountMinor: amount,
    reportingAmountMinor: amount,
  });
}

/** Topics of their own with a fixed mixture of events on them, and what a scorer needs to read them. */
export async function provisionEvents(size: {
  customers: number;
  events: number;
  partitions: number;
  /** Of the shared stack when absent. */
  stack?: StackAddresses;
}): Promise<EventsInstallation> {
  const stack = size.stack ?? stackAddresses;
  const prefix = testPrefix();
  const prefixes = [prefix];
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
  const installationFile = join(dir, 'installation.json');
  const { file: installation, token, writeKeys } = newInstallation({});
  await writeFile(installationFile, JSON.stringify(installation));
  const client = createKafkaClient({ brokers: stack.kafka.split(','), clientId: 'test', logger });
  const registry = createSchemaRegistry({ url: stack.schemaRegistry, logger });
  const config = {
    KAFKA_BROKERS: stack.kafka.split(','),
    SCHEMA_REGISTRY_URL: stack.schemaRegistry,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_PARTITIONS: size.partitions,
    TIDEWATCH_START_TIMEOUT_MS: 60_000,
  };
  await ensureProvisioned({ config, client, registry, modelDir: 'models/retention/3', logger });
  const topics = topicsWithPrefix(prefix);
  const codec = await registry.codec<CustomerRecord>(topics.events, 'customer-event');

  async function publish(records: readonly CustomerRecord[]): Promise<void> {
    const sink = createKafkaSink({ client });
    await sink.publish(
      records.map((record) => ({ topic: topics.events, key: record.surrogate, value: codec.encode(record) })),
    );
    await sink.stop();
  }

  const events = mixedEvents(size.customers, size.events);
  await publish(events);
  const read = new Set(events.filter((each) => featureReading(each) !== null).map(({ eventId }) => eventId));
  return {
    client,
    registry,
    prefix,
    token,
    writeKey: writeKeys['web'],
    customers: new Set(events.filter((each) => featureReading(each) !== null).map(({ surrogate }) => surrogate)).size,
    records: events,
    scoredEvents: read.size,
    publish,
    async repartition(partitions) {
      const admin = client.admin();
      await admin.connect();
      await admin.createPartitions({ topicPartitions: [{ topic: topics.events, count: partitions }] });
      await admin.disconnect();
      await eventually(async () => {
        const made = await ensureProvisioned({ config, client, registry, logger });
        expect(made.partitions).toBe(partitions);
      });
    },
    scorerEnv(twin) {
      prefixes.push(twin);
      return {
        KAFKA_BROKERS: stack.kafka,
        SCHEMA_REGISTRY_URL: stack.schemaRegistry,
        REDIS_URL: stack.redis,
        TIDEWATCH_TOPIC_PREFIX: prefix,
        TIDEWATCH_OUTPUT_TOPIC_PREFIX: twin,
        TIDEWATCH_GROUP_PREFIX: twin,
        TIDEWATCH_KEY_PREFIX: twin,
        TIDEWATCH_INSTALLATION_FILE: installationFile,
        TIDEWATCH_SCORER_PORT: '0',
        // The shortest the broker allows: a killed scorer keeps its partitions for so long.
        TIDEWATCH_SESSION_TIMEOUT_MS: '6000',
        TIDEWATCH_LOG_LEVEL: 'warn',
      };
    },
    async expectDone(twin) {
      const admin = client.admin();
      await admin.connect();
      try {
        const ends = await admin.fetchTopicOffsets(topics.events);
        const [group] = await admin.fetchOffsets({ groupId: `${twin}tidewatch.scorer`, topics: [topics.events] });
        for (const { partition, high } of ends) {
          const committed = group.partitions.find((each) => each.partition === partition)?.offset;
          expect(committed, `committed offset of partition ${partition}`).toBe(high);
        }
      } finally {
        await admin.disconnect();
      }
    },
    async remove() {
      for (const each of new Set(prefixes)) await deleteTopics(client, each);
      await rm(dir, { recursive: true });
    },
  };
}
