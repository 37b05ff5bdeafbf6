import type { CutRow, CutTable } from './cut-table.ts';

/** The same cut with those of its rows that fit. */
export function keepRows({ cut, rows, raw }: CutTable, fits: (row: CutRow) => boolean): CutTable {
  const width = raw.length / Math.max(1, rows.length);
  const kept = rows.flatMap((row, i) => (fits(row) ? [i] : []));
  const vectors = new Float64Array(kept.length * width);
  kept.forEach((row, i) => vectors.set(raw.subarray(row * width, (row + 1) * width), i * width));
  return { cut, rows: kept.map((i) => rows[i]), raw: vectors };
}
