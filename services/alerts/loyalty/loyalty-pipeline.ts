/*
 * Loyalty, top to bottom: events and commands come in, points and spend of each customer are booked. Its state is one
 * ledger per customer, with the audit records it owes inside the same compare-and-set:
 *
 *   decode     bytes to inputs; what says nothing about points or levels is passed over
 *   load       the states of the chunk's customers
 *   decide     pure: input after input, see core/loyalty/apply-loyalty-input.ts
 *   write      first the day on which the level is to be looked at, then the state; losers load and decide again
 *   produce    the audit records owed, acknowledged by all replicas
 *   clear      those records, by a second compare-and-set
 *   confirm    the store is the one the work began with
 *   (commit)   the offset, by the runner
 *
 * Killed before write: nothing happened. Killed after it: the records come again, stand below the mark of the state, and
 * the audit records they find are published again, with the same ids. Levels are told by level-sweep.ts, never here.
 */
import { EngineError } from '../../core/errors.ts';
import type { LogChunk, PartitionLease } from '../../core/ports/log.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import { clearAudits, publishAudits } from './audit-outbox.ts';
import { decodeLoyalty } from './decode-loyalty.ts';
import type { LoyaltyChunk } from './loyalty-context.ts';
import type { LoyaltyDeps } from './loyalty-deps.ts';
import { decideLoyalty, loadLoyalty, writeLoyalty } from './loyalty-states.ts';

export interface LoyaltyPipeline {
  readonly stages: readonly { readonly name: string; run(context: LoyaltyChunk): Promise<void> | void }[];
  begin(chunk: LogChunk, lease: PartitionLease): LoyaltyChunk;
  nextOffset(context: LoyaltyChunk): number;
  abandon(context: LoyaltyChunk): void;
}

export function createLoyaltyPipeline(deps: LoyaltyDeps): LoyaltyPipeline {
  const { store } = deps;
  return {
    stages: [
      { name: 'decode', run: (context) => decodeLoyalty(deps, context) },
      { name: 'load', run: ({ customers }) => loadLoyalty(store, [...customers.values()]) },
      { name: 'decide', run: ({ customers }) => customers.forEach((work) => decideLoyalty(work, deps.digest)) },
      { name: 'write', run: (context) => writeLoyalty(deps, context) },
      { name: 'produce', run: (context) => publishAudits(deps, context) },
      { name: 'clear', run: ({ chunk, customers }) => clearAudits(store, chunk.partition, [...customers.values()]) },
      { name: 'confirm', run: (context) => confirmStore(store, context) },
    ],
    begin: (chunk, lease) => ({ chunk, lease, connectionEpoch: store.connectionEpoch(), customers: new Map() }),
    nextOffset: ({ chunk }) => chunk.records[chunk.records.length - 1].offset + 1,
    abandon: () => undefined,
  };
}

/** A store that was reconnected may have forgotten what it acknowledged before; the chunk is then done again. */
function confirmStore(store: StateStore, { chunk, connectionEpoch }: LoyaltyChunk): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const { partition } = chunk;
  const message = `Redis was reconnected while a chunk of partition ${partition} was worked on; it is done again.`;
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition } });
}
