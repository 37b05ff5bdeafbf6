import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { isActive, type CutTable } from './cut-table.ts';
import type { InputCoding } from './input-coding.ts';

/**
 * Median of each encoded input over the customers of a cut who bought in the year before it (over all where nobody did):
 * whom reasons compare with.
 */
export function medianInputs({ rows, vectors }: CutTable, coding: InputCoding): number[] {
  const encode = createVectorEncoder(coding, featureNames);
  const width = coding.inputs.length;
  const active = rows.flatMap((row, i) => (isActive(row) ? [i] : []));
  const taken = active.length > 0 ? active : [...rows.keys()];
  const encoded = new Float32Array(taken.length * width);
  const vector = new Float64Array(featureNames.length);
  taken.forEach((row, i) => {
    vectors.read(row, vector);
    encode(vector, 0, encoded, i * width);
  });
  return coding.inputs.map((_, input) => {
    const values = Float32Array.from(taken, (_row, i) => encoded[i * width + input]).sort();
    return values[Math.floor(values.length / 2)];
  });
}
