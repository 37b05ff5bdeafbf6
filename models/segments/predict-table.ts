import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { ModelScorer } from '../../services/core/ports/model-scorer.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../services/core/scoring/finite-guard.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import type { SegmentTable } from './segment-table.ts';

const rowsPerCall = 4_096;

/** What the model says of each customer, as the scorer reads it; null where it cannot be trusted. */
export function predictTable({ customers, raw }: SegmentTable, model: ModelScorer): readonly (Prediction | null)[] {
  const { manifest } = model;
  const encode = createVectorEncoder(manifest, featureNames);
  const inputs = manifest.inputs.length;
  const outputs = manifest.outputs.length;
  const predictions: (Prediction | null)[] = [];
  for (let from = 0; from < customers.length; from += rowsPerCall) {
    const rows = Math.min(rowsPerCall, customers.length - from);
    const matrix = new Float32Array(rows * inputs);
    const usable: boolean[] = [];
    for (let i = 0; i < rows; i++) usable.push(encode(raw, (from + i) * featureNames.length, matrix, i * inputs));
    const heads = model.predict(rows, matrix);
    for (let i = 0; i < rows; i++) {
      const reading = readHeads(heads, i * outputs, manifest.calibration);
      predictions.push(usable[i] && isTrustworthy(reading, heads, i * outputs) ? reading : null);
    }
  }
  return predictions;
}
