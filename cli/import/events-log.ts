import { EngineError } from '../../services/core/errors.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { RecordCodec } from '../../services/core/ports/record-codec.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { readFirstOffsets } from '../../services/platform/kafka/read-first-offsets.ts';
import { scanLog } from '../../services/platform/kafka/scan-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from './target.ts';

/** The events topic of an installation, to be read from its beginning. */
export interface EventsLog {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly codec: RecordCodec<CustomerRecord>;
  /** Oldest offset of each partition. */
  firstOffsets(): Promise<ReadonlyMap<number, number>>;
  /**
   * Calls `take` with every record that can be read, in order per partition.
   * @param from first offsets to read; of partitions not named, the oldest
   * @returns where a later scan goes on
   */
  scan(
    take: (record: CustomerRecord, partition: number, offset: number) => void,
    from?: ReadonlyMap<number, number>,
  ): Promise<ReadonlyMap<number, number>>;
}

export async function openEventsLog(target: Target, io: CliIo): Promise<EventsLog> {
  const logger = createLogger({ name: 'import', level: 'warn', destination: io.stderr });
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-import', logger });
  const topic = topicsWithPrefix(target.topicPrefix).events;
  const registry = createSchemaRegistry({ ...target.connections.registry, logger });
  const codec = await registry.codec<CustomerRecord>(topic, 'customer-event');
  return {
    client,
    topic,
    codec,
    firstOffsets: () => readFirstOffsets(client, topic),
    scan: (take, from) =>
      scanLog({ client, topic, logger, ...(from === undefined ? {} : { from }) }, async (records, partition) => {
        const decoded = await codec.decode(records.map(({ value }) => value));
        // What cannot be read is no event of an import; the scorer sets it aside.
        decoded.forEach((record, i) => {
          if (!(record instanceof EngineError)) take(record, partition, records[i].offset);
        });
      }),
  };
}
