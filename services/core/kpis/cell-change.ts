import type { CellName } from './cells.ts';
import type { KpiSlice } from './kpi-dimension.ts';
import type { Period } from './period.ts';

/**
 * By how much a cell changes. Event cells change in their day and in their month, stocks in the month, customer cells in
 * each kind of monthly period; everything else is a sum of these.
 */
export interface CellChange {
  readonly period: Period;
  readonly cell: CellName;
  readonly slice: KpiSlice;
  /** Whole, never 0. */
  readonly by: number;
}
