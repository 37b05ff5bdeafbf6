import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import type { ModelInput } from '../../services/core/scoring/model-manifest.ts';
import { targetColumns, type TrainingSet } from '../../services/platform/tensorflow/training-set.ts';
import type { CutTable, Outcome } from './cut-table.ts';
import { dataFileError } from './data-file-error.ts';

/** Smallest spend that is taken the logarithm of: one cent of most currencies. */
const minSpend = 0.01;

/** Rows of several cuts, encoded as the scorer will encode them, with their targets. */
export function encodeTables(tables: readonly CutTable[], inputs: readonly ModelInput[]): TrainingSet {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const encode = createVectorEncoder({ inputs }, featureNames);
  const encoded = new Float32Array(rows * inputs.length);
  const targets = new Float32Array(rows * targetColumns.length);
  let at = 0;
  for (const table of tables) {
    for (const [i, { outcome }] of table.rows.entries()) {
      if (!encode(table.raw, i * featureNames.length, encoded, at * inputs.length)) {
        throw dataFileError('An amount in the orders is too large to train on; remove the rows with absurd amounts.');
      }
      targets.set(toTargets(outcome), at * targetColumns.length);
      at += 1;
    }
  }
  return { rows, inputs: encoded, targets };
}

/** In the order of `targetColumns`. */
function toTargets({ silent30, silent60, silent90, spend, purchaseDays }: Outcome): number[] {
  const logSpend = silent90 ? 0 : Math.log(Math.max(spend, minSpend));
  return [Number(silent30), Number(silent60), Number(silent90), logSpend, purchaseDays];
}
