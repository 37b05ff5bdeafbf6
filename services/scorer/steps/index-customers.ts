import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import type { PartitionControls } from '../partition-controls.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * Begins to add the chunk's new customers to the partition's index; the states wait for it, the scores need not. A
 * chunk that is read again adds all of its customers: with shards, one may have kept a state whose place in the index
 * another lost.
 */
export function createIndexCustomers(
  index: CustomerIndex,
  controls: PartitionControls,
): (context: ScorerContext) => void {
  return function indexCustomers(context) {
    const { partition, records } = context.chunk;
    const all = records.length > 0 && controls.isReadAgain(partition, records[0].offset);
    const added = [];
    for (const { key, state, loadedVersion } of context.customers.values()) {
      if (loadedVersion === 0 ? state.version > 0 : all) added.push(key);
    }
    if (added.length === 0) return;
    context.indexed = index.add(partition, added);
    // The write of the states awaits it; a chunk that fails before must not leave a rejection behind.
    context.indexed.catch(() => undefined);
  };
}
