import type { ContextColumn } from './context-column.ts';

/** Standard deviations beyond which a number says nothing more. */
const clip = 4;

/** Inputs per row. */
export function contextWidth(columns: readonly ContextColumn[]): number {
  return columns.reduce((width, column) => width + (column.kind === 'number' ? 3 : column.values.length), 0);
}

/**
 * Inputs of one row: of a number its standard score, what of it lies above the mean, and whether it is missing; of a
 * category one 0/1 per known value.
 */
export function encodeContext(columns: readonly ContextColumn[], cells: readonly string[]): number[] {
  return columns.flatMap((column, at) => {
    if (column.kind === 'category') return column.values.map((value) => (cells[at] === value ? 1 : 0));
    const number = cells[at] === '' ? NaN : Number(cells[at]);
    if (!Number.isFinite(number)) return [0, 0, 1];
    const score = Math.min(clip, Math.max(-clip, (number - column.mean) / column.sd));
    return [score, Math.max(0, score), 0];
  });
}
