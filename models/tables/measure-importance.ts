import { featureImportance, type FeatureImportance } from '../training/measures/feature-importance.ts';
import { seededBits } from '../training/seeded-bits.ts';
import { predictTable } from './predict-table.ts';
import type { LabelledTable } from './read-target.ts';
import type { TableModel } from './table-model.ts';

/** Enough for a figure of two digits; more rows only take longer. */
const maxRows = 2_000;

/** Permutation importance of each column, on evenly spaced rows of the table the model was trained on. */
export function measureImportance(
  model: TableModel,
  { table, labels }: LabelledTable,
  seed: number,
): FeatureImportance[] {
  const count = Math.min(maxRows, table.rows.length);
  const picked = Array.from({ length: count }, (_, i) => Math.floor((i * table.rows.length) / count));
  const rows = picked.map((row) => table.rows[row]);
  return featureImportance({
    names: model.columns.map(({ name }) => name),
    labels: picked.map((row) => labels[row] === 1),
    bits: seededBits(seed),
    score(name, from) {
      const at = table.header.indexOf(name ?? '');
      const shuffled = at < 0 ? rows : rows.map((row, i) => row.with(at, rows[from[i]][at]));
      return [...predictTable(model, { header: table.header, rows: shuffled }).probabilities];
    },
  });
}
