import { emptyFeatures } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import type { CutTable } from './cut-table.ts';

const wanted = 96;

/** Raw vectors for the golden file: evenly spaced customers of the newest cut, and somebody without any history. */
export function pickGoldenRows({ rows, vectors }: CutTable): Float64Array[] {
  const width = featureNames.length;
  const picked = Array.from({ length: wanted }, (_, i) => {
    const vector = new Float64Array(width);
    vectors.read(Math.floor((i * rows.length) / wanted), vector);
    return vector;
  });
  const nobody = new Float64Array(width);
  writeFeatures(emptyFeatures(), 1, 1, nobody);
  return [...picked, nobody];
}
