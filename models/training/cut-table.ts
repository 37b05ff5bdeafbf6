import type { EpochDay } from '../../services/core/units.ts';
import type { PackedRows } from './packed-rows.ts';

/** What a customer did in the label window after a cut. */
export interface Outcome {
  /** No purchase within a third, two thirds and the whole of the window (30, 60 and 90 days of a shipped model). */
  readonly silent: readonly [boolean, boolean, boolean];
  /** Gross spend within the window, major units. */
  readonly spend: number;
  /** Days with a purchase within the window. */
  readonly purchaseDays: number;
}

/** One customer at one cut; what lies before it is the feature vector, what lies after it only the outcome. */
export interface CutRow {
  readonly customer: string;
  readonly outcome: Outcome;
  /** Days since the last purchase; null without one. */
  readonly recency: number | null;
  /** Gross spend in the 365 days before the cut, major units. */
  readonly spend365: number;
}

/** All rows of one cut. */
export interface CutTable {
  readonly cut: EpochDay;
  readonly rows: readonly CutRow[];
  /** Row i is the feature vector of `rows[i]`, in the order of `featureNames`. */
  readonly vectors: PackedRows;
}

/** Whether a row belongs to the population that figures and cut-offs speak of: a purchase in the year before the cut. */
export function isActive(row: CutRow): boolean {
  return isSeen(row, 365);
}

/** Whether the last purchase lies within the `days` before the cut. */
export function isSeen({ recency }: CutRow, days: number): boolean {
  return recency !== null && recency <= days;
}
