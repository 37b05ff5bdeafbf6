import { emptyBlock } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { moveAsOf } from '../../services/core/features/move-as-of.ts';
import { gapMedian } from '../../services/core/segments/gap-median.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { foldOrder } from '../training/fold-order.ts';
import type { OrderHistory } from '../training/order-history.ts';

/** What segmentation reads of every customer at one day; row i's features begin at `raw[i * featureNames.length]`. */
export interface SegmentTable {
  readonly customers: readonly string[];
  readonly raw: Float64Array;
  readonly gapMedians: Float64Array;
}

/**
 * Folds the orders before a day as the scorer folds their events.
 * @param cut first day that is not looked at
 */
export function buildSegmentTable({ customers }: OrderHistory, cut: EpochDay, minorPerMajor: number): SegmentTable {
  const width = featureNames.length;
  const raw = new Float64Array(customers.size * width);
  const gapMedians = new Float64Array(customers.size);
  let row = 0;
  for (const orders of customers.values()) {
    const block = emptyBlock();
    for (const order of orders) if (order.day < cut) foldOrder(block, order);
    moveAsOf(block, cut);
    writeFeatures(block.features, cut, minorPerMajor, raw.subarray(row * width, (row + 1) * width));
    gapMedians[row] = gapMedian(block.features.purchaseDays);
    row += 1;
  }
  return { customers: [...customers.keys()], raw, gapMedians };
}
