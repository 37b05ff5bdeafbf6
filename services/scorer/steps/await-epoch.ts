import type { ScorerContext } from '../scorer-context.ts';
import { isPartitionControl } from '../served-kinds.ts';
import { takeOverEpoch, type TakeOverDeps } from '../take-over-epoch.ts';

/**
 * Holds the first event of a new epoch back until every partition of the old one is done with its own last record:
 * a customer's partition may have changed, and the old one may still hold records of theirs that come first.
 */
export function createAwaitEpoch(deps: TakeOverDeps): (context: ScorerContext) => Promise<void> {
  return async function awaitEpoch(context) {
    if (!context.records.every(({ record }) => isPartitionControl(record))) await takeOverEpoch(context, deps);
  };
}
