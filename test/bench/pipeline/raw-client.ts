import type { Score } from '../../../services/core/scoring/score.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';

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

const chunkRecords = 500;

/**
 * The ceiling: a bare kafkajs consumer that decodes each event, encodes a score of fixed content, and produces it in
 * chunks of 500 with acks from all replicas. No state, no model, no commit.
 * @returns seconds from the first batch to the last acknowledgement
 */
export async function runRawClient(options: RawClientOptions): Promise<number> {
  const { client, input, output, records } = options;
  const producer = client.producer({ allowAutoTopicCreation: false });
  const consumer = client.consumer({ groupId: options.groupId, maxWaitTimeInMs: 100 });
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
        const events = await options.events.decode(chunk.map(({ value }) => value));
        const messages = events.flatMap((event, i) =>
          event instanceof EngineError ? [] : [{ key: chunk[i].key, value: options.scores.encode(scoreOf(event)) }],
        );
        await producer.send({ topic: output, acks: -1, messages });
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

function scoreOf(event: CustomerRecord): Score {
  return {
    scoreId: event.contentHash,
    tenant: event.tenant,
    surrogate: event.surrogate,
    customerRef: null,
    source: event.source,
    eventId: event.eventId,
    cause: 'event',
    asOf: 20_000,
    stateVersion: 1,
    activationId: event.contentHash,
    modelVersion: 'retention/1',
    backend: 'wasm',
    vectorHash: event.contentHash,
    churn: { p30: 0.5, p60: 0.4, p90: 0.3 },
    pAlive: null,
    expectedSpend90d: { mean: 10, median: 5, currency: 'GBP' },
    clv: null,
    level: 'none',
    tier: null,
    stage: null,
    reasons: null,
    nextBestAction: null,
    degraded: false,
    supersedes: null,
    historical: false,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
  };
}
