import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import { loadSchema } from '../../../services/platform/avro/load-schema.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { ensureProvisioned } from '../../../services/platform/provisioning/ensure-provisioned.ts';
import type { Logger } from '../../../services/platform/telemetry/logger.ts';
import { benchEvents } from '../pipeline/bench-events.ts';

export interface PeerInputOptions {
  readonly client: KafkaClient;
  readonly kafka: string;
  readonly schemaRegistry: string;
  readonly logger: Logger;
  /** Before the names of all topics. */
  readonly prefix: string;
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
}

/** Topics for a peer: the input filled, the output empty, both with their schemas registered. */
export interface PeerInput {
  readonly input: string;
  readonly output: string;
  readonly inputSchemaId: number;
  readonly outputSchemaId: number;
  readonly scores: RecordCodec<Score>;
}

const slice = 5_000;

/** Provisions an installation as a service does, control records included, and produces the bench's events. */
export async function producePeerInput(options: PeerInputOptions): Promise<PeerInput> {
  const { client, kafka, schemaRegistry, logger, prefix } = options;
  const registry = createSchemaRegistry({ url: schemaRegistry, logger });
  const config = {
    KAFKA_BROKERS: kafka.split(','),
    SCHEMA_REGISTRY_URL: schemaRegistry,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_PARTITIONS: options.partitions,
    TIDEWATCH_START_TIMEOUT_MS: 60_000,
  };
  await ensureProvisioned({ config, client, registry, modelDir: 'models/retention/3', logger });
  const { events: input, scores: output } = topicsWithPrefix(prefix);
  const events = await registry.codec<CustomerRecord>(input, 'customer-event');
  await produce(client, input, { ...options, encode: (event) => events.encode(event) });
  return {
    input,
    output,
    inputSchemaId: await registry.register(`${input}-value`, loadSchema('customer-event')),
    outputSchemaId: await registry.register(`${output}-value`, loadSchema('score')),
    scores: await registry.codec<Score>(output, 'score'),
  };
}

async function produce(
  client: KafkaClient,
  topic: string,
  what: { events: number; customers: number; encode: (event: CustomerRecord) => Buffer },
): Promise<void> {
  const sink = createKafkaSink({ client });
  let batch: OutgoingRecord[] = [];
  for (const event of benchEvents(what.events, what.customers)) {
    batch.push({ topic, key: event.surrogate, value: what.encode(event) });
    if (batch.length < slice) continue;
    await sink.publish(batch);
    batch = [];
  }
  await sink.publish(batch);
  await sink.stop();
}
