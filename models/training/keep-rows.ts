import type { CutRow, CutTable } from './cut-table.ts';
import { PackedRows } from './packed-rows.ts';

/** The same cut with those of its rows that fit. */
export function keepRows({ cut, rows, vectors }: CutTable, fits: (row: CutRow) => boolean): CutTable {
  const kept = rows.flatMap((row, i) => (fits(row) ? [i] : []));
  const packed = new PackedRows(kept.length, vectors.width);
  const vector = new Float64Array(vectors.width);
  for (const row of kept) {
    vectors.read(row, vector);
    packed.add(vector);
  }
  return { cut, rows: kept.map((i) => rows[i]), vectors: packed };
}
