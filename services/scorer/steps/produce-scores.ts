import { EngineError } from '../../core/errors.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * Everything the chunk gives to the outside, acknowledged by all replicas before any state is written. If the store
 * was reconnected since the states were loaded, it may have forgotten writes: the chunk is done again from the load.
 */
export function createProduceScores(sink: LogSink, store: StateStore): (context: ScorerContext) => Promise<void> {
  return async function produceScores(context) {
    if (store.connectionEpoch() !== context.connectionEpoch) {
      throw new EngineError(
        'ERR_STORE_UNAVAILABLE',
        'Redis was reconnected while a chunk was worked on; it is done again.',
        {
          retryable: true,
          context: { partition: context.chunk.partition },
        },
      );
    }
    if (context.outgoing.length > 0) await sink.publish(context.outgoing);
  };
}
