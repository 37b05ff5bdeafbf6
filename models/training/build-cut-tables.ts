import { emptyBlock } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { horizonDays as stateHorizonDays } from '../../services/core/features/horizon.ts';
import { moveAsOf } from '../../services/core/features/move-as-of.ts';
import type { EpochDay } from '../../services/core/units.ts';
import type { CutRow, CutTable, Outcome } from './cut-table.ts';
import { foldOrder } from './fold-order.ts';
import type { Order } from './order.ts';
import type { OrderHistory } from './order-history.ts';
import { PackedRows } from './packed-rows.ts';

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
  const drafts = cuts.map((cut) => ({
    cut,
    rows: [] as CutRow[],
    vectors: new PackedRows(countRows(history, cut), featureNames.length),
  }));
  const vector = new Float64Array(featureNames.length);
  for (const [customer, orders] of history.customers) {
    const block = emptyBlock();
    let next = 0;
    for (const draft of drafts) {
      for (; next < orders.length && orders[next].day < draft.cut; next++) foldOrder(block, orders[next]);
      if (next === 0 || orders[next - 1].day <= draft.cut - stateHorizonDays) continue;
      moveAsOf(block, draft.cut);
      writeFeatures(block.features, draft.cut, minorPerMajor, vector);
      draft.vectors.add(vector);
      draft.rows.push(toRow(customer, orders, draft.cut, options));
    }
  }
  return drafts;
}

/** Customers with an order inside the horizon before the cut. */
function countRows({ customers }: OrderHistory, cut: EpochDay): number {
  let count = 0;
  for (const orders of customers.values()) {
    if (orders.some(({ day }) => day < cut && day > cut - stateHorizonDays)) count += 1;
  }
  return count;
}

/** Shared by all rows with the same: there are four. */
const silences = [0, 1, 2, 3].map((thirds) => [thirds > 0, thirds > 1, thirds > 2] as const);

function toRow(customer: string, orders: readonly Order[], cut: EpochDay, options: CutTableOptions): CutRow {
  const { minorPerMajor, horizonDays } = options;
  let lastDay: EpochDay | null = null;
  let yearMinor = 0;
  const after: Order[] = [];
  for (const order of orders) {
    if (order.amountMinor < 0) continue;
    if (order.day >= cut + horizonDays) break;
    if (order.day >= cut) after.push(order);
    else lastDay = order.day;
    if (order.day < cut && order.day >= cut - 365) yearMinor += order.amountMinor;
  }
  return {
    customer,
    outcome: toOutcome(after, cut, options),
    recency: lastDay === null ? null : cut - lastDay,
    spend365: yearMinor / minorPerMajor,
  };
}

function toOutcome(after: readonly Order[], cut: EpochDay, { minorPerMajor, horizonDays }: CutTableOptions): Outcome {
  const firstDay = after[0]?.day ?? Infinity;
  const third = horizonDays / 3;
  return {
    silent: silences[[cut + third, cut + 2 * third, cut + horizonDays].filter((day) => firstDay >= day).length],
    spend: after.reduce((sum, { amountMinor }) => sum + amountMinor, 0) / minorPerMajor,
    purchaseDays: after.filter(({ day }, i) => day !== after[i - 1]?.day).length,
  };
}
