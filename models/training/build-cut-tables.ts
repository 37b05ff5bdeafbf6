import { emptyBlock } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { horizonDays as stateHorizonDays } from '../../services/core/features/horizon.ts';
import { moveAsOf } from '../../services/core/features/move-as-of.ts';
import type { EpochDay } from '../../services/core/units.ts';
import type { CutRow, CutTable, Outcome } from './cut-table.ts';
import { foldOrder } from './fold-order.ts';
import type { Order } from './order.ts';
import type { OrderHistory } from './order-history.ts';

export interface CutTableOptions {
  readonly minorPerMajor: number;
  /** Length of the label window after each cut. */
  readonly horizonDays: number;
}

/**
 * Feature vectors and outcomes at each cut, folded as the scorer folds them. A row is made for everybody with an order
 * inside the horizon before the cut: the live engine scores lapsed customers and those who only ever cancelled, too.
 * @param cuts ascending
 */
export function buildCutTables(history: OrderHistory, cuts: readonly EpochDay[], options: CutTableOptions): CutTable[] {
  const { minorPerMajor } = options;
  const drafts = cuts.map((cut) => ({ cut, rows: [] as CutRow[], raw: [] as number[] }));
  const vector = new Float64Array(featureNames.length);
  for (const [customer, orders] of history.customers) {
    const block = emptyBlock();
    let next = 0;
    for (const draft of drafts) {
      for (; next < orders.length && orders[next].day < draft.cut; next++) foldOrder(block, orders[next]);
      if (next === 0 || orders[next - 1].day <= draft.cut - stateHorizonDays) continue;
      moveAsOf(block, draft.cut);
      writeFeatures(block.features, draft.cut, minorPerMajor, vector);
      draft.raw.push(...vector);
      draft.rows.push(toRow(customer, orders, draft.cut, options));
    }
  }
  return drafts.map(({ cut, rows, raw }) => ({ cut, rows, raw: Float64Array.from(raw) }));
}

function toRow(customer: string, orders: readonly Order[], cut: EpochDay, options: CutTableOptions): CutRow {
  const { minorPerMajor, horizonDays } = options;
  const purchases = orders.filter((order) => order.amountMinor >= 0);
  const last = purchases.findLast((order) => order.day < cut);
  const year = purchases.filter((order) => order.day < cut && order.day >= cut - 365);
  const after = purchases.filter((order) => order.day >= cut && order.day < cut + horizonDays);
  return {
    customer,
    outcome: toOutcome(after, cut, options),
    recency: last === undefined ? null : cut - last.day,
    spend365: sumAmounts(year) / minorPerMajor,
  };
}

function toOutcome(after: readonly Order[], cut: EpochDay, { minorPerMajor, horizonDays }: CutTableOptions): Outcome {
  const firstDay = after[0]?.day ?? Infinity;
  const third = horizonDays / 3;
  return {
    silent: [firstDay >= cut + third, firstDay >= cut + 2 * third, firstDay >= cut + horizonDays],
    spend: sumAmounts(after) / minorPerMajor,
    purchaseDays: new Set(after.map((order) => order.day)).size,
  };
}

function sumAmounts(orders: readonly Order[]): number {
  return orders.reduce((sum, order) => sum + order.amountMinor, 0);
}
