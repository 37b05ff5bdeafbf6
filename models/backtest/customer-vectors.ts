import { emptyBlock } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { moveAsOf } from '../../services/core/features/move-as-of.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { foldOrder } from '../training/fold-order.ts';
import type { OrderHistory } from '../training/order-history.ts';

/**
 * Raw feature vectors of the customers at a cut, one after the other; of one without any order before it, the vector of
 * somebody nothing is known of.
 */
export function customerVectors(
  { customers }: OrderHistory,
  wanted: readonly string[],
  at: { readonly cut: EpochDay; readonly minorPerMajor: number },
): Float64Array {
  const width = featureNames.length;
  const raw = new Float64Array(wanted.length * width);
  wanted.forEach((customer, i) => {
    const block = emptyBlock();
    for (const order of customers.get(customer) ?? []) if (order.day < at.cut) foldOrder(block, order);
    moveAsOf(block, at.cut);
    writeFeatures(block.features, at.cut, at.minorPerMajor, raw.subarray(i * width, (i + 1) * width));
  });
  return raw;
}
