import type { ColumnSpec } from './column-spec.ts';
import { isMissing, readNumber } from './read-cell.ts';
import type { Table } from './table.ts';

const maxEdges = 126;
const maxKnots = 12;
const maxValues = 60;
/** Rarer values tell nothing that could be relied on; they are taken together. */
const minValueRows = 3;

/** A named input column and whether its cells are numbers. */
export interface InputColumn {
  readonly name: string;
  readonly kind: ColumnSpec['kind'];
}

/** Thresholds, knots and categories of the input columns over all rows of a table; looks at no target. */
export function fitColumns({ header, rows }: Table, inputs: readonly InputColumn[]): ColumnSpec[] {
  return inputs.map(({ name, kind }) => {
    const at = header.indexOf(name);
    const cells = rows.map((row) => row[at]).filter((cell) => !isMissing(cell));
    return kind === 'number' ? fitNumber(name, cells) : { kind, name, values: fitValues(cells) };
  });
}

function fitNumber(name: string, cells: readonly string[]): ColumnSpec {
  const sorted = Float64Array.from(cells.map(readNumber).filter((value) => !Number.isNaN(value))).sort();
  const distinct = [...new Set(sorted)];
  const edges =
    distinct.length <= maxEdges + 1
      ? distinct.slice(1).map((value, i) => (value + distinct[i]) / 2)
      : quantiles(sorted, maxEdges + 2).slice(1, -1);
  return { kind: 'number', name, edges: [...new Set(edges)], knots: [...new Set(quantiles(sorted, maxKnots))] };
}

function quantiles(sorted: Float64Array, count: number): number[] {
  const last = sorted.length - 1;
  return Array.from({ length: count }, (_, i) => sorted[Math.round((last * i) / (count - 1))]);
}

/** The most frequent values; equally frequent ones by name, so that the order of the rows does not matter. */
function fitValues(cells: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= minValueRows)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxValues)
    .map(([value]) => value);
}
