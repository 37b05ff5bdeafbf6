import { EngineError } from '../../../services/core/errors.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';

export interface ScoreLatencies {
  /** Forgets what it saw and resolves once `count` scores more have come. */
  collect(count: number): Promise<readonly { readonly surrogate: string; readonly ms: number }[]>;
  stop(): Promise<void>;
}

/** Follows a topic of scores: from receipt of each event to the time at which the scorer sent its score. */
export async function followScores(options: {
  readonly client: KafkaClient;
  readonly groupId: string;
  readonly topic: string;
  readonly codec: RecordCodec<Score>;
}): Promise<ScoreLatencies> {
  const consumer = options.client.consumer({ groupId: options.groupId, maxWaitTimeInMs: 100 });
  let seen: { surrogate: string; ms: number }[] = [];
  let wanted: { readonly count: number; readonly done: () => void } | null = null;
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.connect();
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const scores = await options.codec.decode(batch.messages.map(({ value }) => value));
      scores.forEach((score, i) => {
        if (score instanceof EngineError) throw score;
        seen.push({ surrogate: score.surrogate, ms: Number(batch.messages[i].timestamp) - score.receivedAt });
      });
      if (wanted !== null && seen.length >= wanted.count) wanted.done();
    },
  });
  await joined;
  return {
    async collect(count) {
      seen = [];
      await new Promise<void>((done) => (wanted = { count, done }));
      wanted = null;
      return seen;
    },
    stop: () => consumer.disconnect(),
  };
}
