import type { LogSink } from '../../core/ports/log.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import { requireSameConnection } from '../require-same-connection.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * Everything the chunk gives to the outside, acknowledged by all replicas before any state is written. If the store
 * was reconnected since the states were loaded, it may have forgotten writes: the chunk is done again from the load.
 */
export function createProduceScores(sink: LogSink, store: StateStore): (context: ScorerContext) => Promise<void> {
  return async function produceScores(context) {
    requireSameConnection(store, context);
    if (context.outgoing.length > 0) await sink.publish(context.outgoing);
  };
}
