import type { KafkaMessage, Producer } from 'kafkajs';
import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { fixedScore } from './fixed-score.ts';

/** Records per produce request, as the scorer's chunks. */
export const chunkRecords = 500;

export interface RawHandlerOptions {
  readonly producer: Producer;
  readonly output: string;
  readonly events: RecordCodec<CustomerRecord>;
  readonly scores: RecordCodec<Score>;
}

/** Decodes a chunk, encodes a score of fixed content per event, and produces them with acks from all replicas. */
export function createRawHandler(options: RawHandlerOptions): (chunk: readonly KafkaMessage[]) => Promise<void> {
  const { producer, output } = options;
  return async function handleRaw(chunk) {
    const events = await options.events.decode(chunk.map(({ value }) => value));
    const messages = events.flatMap((event, i) =>
      event instanceof EngineError ? [] : [{ key: chunk[i].key, value: options.scores.encode(fixedScore(event)) }],
    );
    await producer.send({ topic: output, acks: -1, messages });
  };
}
