import type { BinnedTable } from './bin-table.ts';
import { binCount, type ColumnSpec } from './column-spec.ts';

/** Inputs of the nets that `columns` make. */
export function inputWidth(columns: readonly ColumnSpec[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column), 0);
}

function widthOf(column: ColumnSpec): number {
  return column.kind === 'number' ? Math.max(1, column.knots.length - 1) + 1 : binCount(column);
}

/**
 * Rows as the nets read them, row-major, all within 0 to 1. A number becomes one input per interval between knots (0
 * before it, 1 after it, linear within) and one that says it is missing; a category becomes one input per bin.
 */
export function encodeInputs(table: BinnedTable, columns: readonly ColumnSpec[]): Float32Array {
  const width = inputWidth(columns);
  const inputs = new Float32Array(table.rows * width);
  let from = 0;
  columns.forEach((column, c) => {
    for (let row = 0; row < table.rows; row++) {
      const at = row * width + from;
      if (column.kind === 'category') inputs[at + table.bins[c][row]] = 1;
      else writeNumber(inputs, at, table.numbers[c]?.[row] ?? NaN, column.knots);
    }
    from += widthOf(column);
  });
  return inputs;
}

function writeNumber(inputs: Float32Array, at: number, value: number, knots: readonly number[]): void {
  if (Number.isNaN(value)) {
    inputs[at] = 1;
    return;
  }
  for (let k = 1; k < knots.length; k++) {
    inputs[at + k] = Math.min(1, Math.max(0, (value - knots[k - 1]) / (knots[k] - knots[k - 1])));
  }
}
