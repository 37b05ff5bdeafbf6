import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import type { Calibration } from '../../services/core/scoring/model-manifest.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';

/** Predictions of all rows of raw heads under one calibration. */
export function predictRows(heads: Float32Array, calibration: Calibration, horizonDays = 90): Prediction[] {
  const rows = heads.length / modelOutputs.length;
  return Array.from({ length: rows }, (_, row) =>
    readHeads(heads, row * modelOutputs.length, calibration, horizonDays),
  );
}
