import type { EpochDay } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { KpiDimension } from '../kpi-dimension.ts';

export type Place = Readonly<Partial<Record<KpiDimension, string | null>>>;

/** That a cell gains something on a day, and in which parts of each dimension besides the whole. */
export interface Tally {
  readonly day: EpochDay;
  readonly cell: CellName;
  readonly by: number;
  readonly place: Place;
}

/** What cells hold, by slice: '' is the whole, else `channel=web`. */
export type Tallied = Map<string, Map<CellName, number>>;

export function addTo(tallied: Tallied, slice: string, cell: CellName, by: number): void {
  const cells = tallied.get(slice) ?? new Map<CellName, number>();
  cells.set(cell, (cells.get(cell) ?? 0) + by);
  tallied.set(slice, cells);
}

/** Adds to the whole and to the part of every dimension that has a value. */
export function addEverywhere(tallied: Tallied, place: Place, cell: CellName, by: number): void {
  addTo(tallied, '', cell, by);
  for (const [dimension, value] of Object.entries(place)) {
    if (value !== null && value !== '') addTo(tallied, `${dimension}=${value}`, cell, by);
  }
}
