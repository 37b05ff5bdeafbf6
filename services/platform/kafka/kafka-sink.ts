import { EngineError } from '../../core/errors.ts';
import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import { useOwnRecordEncoding } from './produce-request.ts';
import { ProducerSlot } from './producer-slot.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createSinkMeter } from './sink-meter.ts';
import { SendQueue, type SizedMessage } from './send-queue.ts';
import { SinkMessage } from './sink-message.ts';
import { splitRecords } from './split-records.ts';

export interface KafkaSinkOptions {
  readonly client: KafkaClient;
  /** Key, value and headers of one record; at most what the topics accept (`topic-policies.ts`). */
  readonly maxRecordBytes?: number;
  readonly metrics?: Metrics;
}

const defaultMaxRecordBytes = 1_000_000;

/** Publishes with an idempotent producer and acks from all replicas; connects at the first publish. */
export function createKafkaSink(options: KafkaSinkOptions): LogSink {
  const { client, maxRecordBytes = defaultMaxRecordBytes } = options;
  useOwnRecordEncoding();
  const measured = createSinkMeter(options.metrics);
  const slot = new ProducerSlot(client);
  const queue = new SendQueue(
    (topicMessages) => slot.send(topicMessages),
    (error, topics) => toEngineError(error, `publishing to ${topics.join(', ')}`, { topics, operation: 'Write' }),
  );
  let stopped = false;

  return {
    async publish(records) {
      if (stopped) throw stoppedError();
      if (records.length === 0) return;
      const sized = records.map((record) => toSizedMessage(record, maxRecordBytes));
      await measured(records.length, () => queue.add(splitRecords(sized, (message) => message.bytes)));
    },
    async stop() {
      stopped = true;
      await queue.drained();
      await slot.disconnect();
    },
  };
}

function toSizedMessage(record: OutgoingRecord, maxRecordBytes: number): SizedMessage {
  const message = new SinkMessage(record);
  const { bytes } = message;
  if (bytes > maxRecordBytes) throw tooLargeError(record, bytes, maxRecordBytes);
  return { topic: record.topic, message, bytes };
}

function tooLargeError({ topic }: OutgoingRecord, bytes: number, maxRecordBytes: number): EngineError {
  return new EngineError(
    'ERR_RECORD_TOO_LARGE',
    `A record for ${topic} has ${bytes} bytes; at most ${maxRecordBytes} are sent. Nothing of this call was published.`,
    { retryable: false, context: { topic, bytes, maxRecordBytes } },
  );
}

function stoppedError(): EngineError {
  return new EngineError('ERR_LOG_FATAL', 'The sink is stopped; publish before stopping it.', { retryable: false });
}
