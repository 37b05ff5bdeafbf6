import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import { createRandom } from '../../../simulator/random.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import { buildCutTables } from '../build-cut-tables.ts';
import type { CutRow, CutTable } from '../cut-table.ts';
import { encodeTables } from '../encode-tables.ts';
import { keepRows } from '../keep-rows.ts';
import type { OrderHistory } from '../order-history.ts';
import { fitShop, type FittedShop, type TypicalShop } from './fit-shop.ts';
import { scaleInputs } from './scale-inputs.ts';

export const horizonDays = 90;

/** One shop at one cut, fitted on what lies before it. */
export interface ShopRows {
  readonly table: CutTable;
  readonly shop: FittedShop;
}

export interface ShopRowsRequest {
  readonly cut: EpochDay;
  readonly minorPerMajor: number;
  /** Rows that are drawn at random where there are more. */
  readonly most: number;
  readonly seed: number;
}

/** Rows of a shop at a cut, in the shop's own money; its units and closed form have seen nothing from the cut on. */
export function makeShopRows(history: OrderHistory, request: ShopRowsRequest, typical: TypicalShop): ShopRows {
  const { cut, minorPerMajor, most, seed } = request;
  const [all] = buildCutTables(history, [cut], { minorPerMajor, horizonDays });
  const random = createRandom(seed, `rows:${cut}`);
  const kept = new Set<CutRow>();
  for (const [i, row] of all.rows.entries()) {
    if (random.chance((most - kept.size) / (all.rows.length - i))) kept.add(row);
  }
  const table = keepRows(all, (row) => kept.has(row));
  return { table, shop: fitShop(history, { at: cut, horizonDays, minorPerMajor }, typical) };
}

/** The same with spend in median orders, as a net that knows no shop learns it, encoded with the shop's units. */
export function encodeShopRows(
  { table, shop }: ShopRows,
  inputs: readonly ModelInput[],
  spendUnit: number,
): ReturnType<typeof encodeTables> {
  const { medianOrder, closedForm } = shop;
  const rows = table.rows.map((row) => ({
    ...row,
    outcome: { ...row.outcome, spend: row.outcome.spend / medianOrder },
  }));
  return encodeTables([{ ...table, rows }], { inputs: scaleInputs(inputs, shop), closedForm, spendUnit });
}
