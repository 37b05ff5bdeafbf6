import type { EpochDay } from '../../units.ts';
import type { CellChange } from '../cell-change.ts';
import { type CellName, isSlicedByDay } from '../cells.ts';
import type { KpiDimension, KpiSlice } from '../kpi-dimension.ts';
import { monthlyPeriod, monthOf, type Period, periodName } from '../period.ts';

/** Values of dimensions; those that are null or missing are no slice. */
export type Slices = Readonly<Partial<Record<KpiDimension, string | null>>>;

/** Something counted on a day. */
export interface DatedCell {
  readonly day: EpochDay;
  readonly cell: CellName;
  readonly by: number;
  readonly slices: Slices;
}

/** Collects changes; what is added and taken away again is no change. */
export class CellChanges {
  readonly #changes = new Map<string, { period: Period; cell: CellName; slice: KpiSlice; by: number }>();

  add(period: Period, cell: CellName, slice: KpiSlice, by: number): void {
    if (by === 0) return;
    const part = slice === null ? '' : `${slice.dimension}=${slice.value}`;
    const key = `${periodName(period)} ${cell} ${part}`;
    const found = this.#changes.get(key);
    if (found === undefined) this.#changes.set(key, { period, cell, slice, by });
    else found.by += by;
  }

  /** The whole and each slice. */
  addSliced(period: Period, cell: CellName, slices: Slices, by: number): void {
    this.add(period, cell, null, by);
    for (const [dimension, value] of Object.entries(slices)) {
      if (value !== null && value !== '') this.add(period, cell, { dimension: dimension as KpiDimension, value }, by);
    }
  }

  /** An event cell: in its month with its slices, in its day the whole only, unless the cell says otherwise. */
  addDated({ day, cell, by, slices }: DatedCell, sign: 1 | -1): void {
    const within: Period = { kind: 'day', index: day };
    if (isSlicedByDay(cell)) this.addSliced(within, cell, slices, sign * by);
    else this.add(within, cell, null, sign * by);
    this.addSliced(monthlyPeriod('month', monthOf(day)), cell, slices, sign * by);
  }

  list(): readonly CellChange[] {
    return [...this.#changes.values()].filter(({ by }) => by !== 0);
  }
}
