import type { EpochDay, MinorUnits } from '../../units.ts';
import { spendCells } from '../counting/figure-cells.ts';

/** Sorts of cost, as `spendCells` counts them. */
export const spendTypes: readonly string[] = Object.keys(spendCells);

/** One cost of one day. */
export interface SpendRow {
  /** What tells the row from all others, also when it is imported again. */
  readonly id: string;
  readonly day: EpochDay;
  /** One of `spendTypes`. */
  readonly type: string;
  readonly amountMinor: MinorUnits;
  readonly channel: string | null;
  readonly playbook: string | null;
  readonly campaign: string | null;
}
