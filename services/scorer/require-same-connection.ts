import { EngineError } from '../core/errors.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { ScorerContext } from './scorer-context.ts';

/**
 * Refuses to go on when the store was connected anew since the states were loaded. After a failover the new primary may
 * lack what the old one acknowledged: states without their place in the index, a watermark without its states. What
 * one chunk writes therefore goes over one connection, or the chunk is done again.
 * @throws EngineError ERR_STORE_UNAVAILABLE (retryable)
 */
export function requireSameConnection(store: StateStore, { connectionEpoch, chunk }: ScorerContext): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const message = 'Redis was reconnected while a chunk was worked on; it is done again.';
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition: chunk.partition } });
}
