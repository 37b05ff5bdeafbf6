import type { Score } from '../../../services/core/scoring/score.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { chunkRecords, createRawHandler } from './raw-handler.ts';

export interface RawClientOptions {
  readonly client: KafkaClient;
  readonly groupId: string;
  readonly input: string;
  readonly output: string;
  readonly events: RecordCodec<CustomerRecord>;
  readonly scores: RecordCodec<Score>;
  /** Records to handle before it is done. */
  readonly records: number;
}

/**
 * The ceiling: a bare kafkajs consumer that decodes each event, encodes a score of fixed content, and produces it in
 * chunks of 500 with acks from all replicas. No state, no model, no commit.
 * @returns seconds from the first batch to the last acknowledgement
 */
export async function runRawClient(options: RawClientOptions): Promise<number> {
  const { client, input, records } = options;
  const producer = client.producer({ allowAutoTopicCreation: false });
  const consumer = client.consumer({ groupId: options.groupId, maxWaitTimeInMs: 100 });
  const handle = createRawHandler({ ...options, producer });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [input], fromBeginning: true });
  let done = 0;
  let startedAt = 0;
  const finished = Promise.withResolvers<number>();
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: async ({ batch, heartbeat }) => {
      startedAt ||= performance.now();
      for (let at = 0; at < batch.messages.length; at += chunkRecords) {
        const chunk = batch.messages.slice(at, at + chunkRecords);
        await handle(chunk);
        done += chunk.length;
        await heartbeat();
      }
      if (done >= records) finished.resolve((performance.now() - startedAt) / 1000);
    },
  });
  const seconds = await finished.promise;
  await consumer.disconnect();
  await producer.disconnect();
  return seconds;
}
