import type { ColumnSpec, NumberColumn } from './column-spec.ts';
import { isMissing, readNumber } from './read-cell.ts';
import type { Table } from './table.ts';

/** A table as trees read it. */
export interface BinnedTable {
  readonly rows: number;
  /** One array per column, a bin per row. */
  readonly bins: readonly Uint8Array[];
  /** The numbers of numeric columns, NaN where missing; null for categories. */
  readonly numbers: readonly (Float64Array | null)[];
  /** Cells that were neither missing nor a number, or of a category not met in training, by column name. */
  readonly strange: Readonly<Record<string, number>>;
}

/** Bins each input column; columns are found by name. */
export function binTable({ header, rows }: Table, columns: readonly ColumnSpec[]): BinnedTable {
  const strange: Record<string, number> = {};
  const bins: Uint8Array[] = [];
  const numbers: (Float64Array | null)[] = [];
  for (const column of columns) {
    const at = header.indexOf(column.name);
    const cells = rows.map((row) => row[at]);
    const values = column.kind === 'number' ? Float64Array.from(cells, readNumber) : null;
    const own = values === null ? binValues(cells, column) : binNumbers(values, column as NumberColumn);
    const odd = cells.filter((cell, i) => !isMissing(cell) && own[i] === (values === null ? 1 : 0)).length;
    if (odd > 0) strange[column.name] = odd;
    bins.push(own);
    numbers.push(values);
  }
  return { rows: rows.length, bins, numbers, strange };
}

function binNumbers(values: Float64Array, { edges }: NumberColumn): Uint8Array {
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + countBelow(edges, value)));
}

function countBelow(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function binValues(cells: readonly string[], column: ColumnSpec): Uint8Array {
  const places = new Map(column.kind === 'category' ? column.values.map((value, i) => [value, i + 2]) : []);
  return Uint8Array.from(cells, (cell) => (isMissing(cell) ? 0 : (places.get(cell) ?? 1)));
}
