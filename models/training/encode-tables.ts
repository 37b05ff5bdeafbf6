import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { targetColumns, type TrainingSet } from '../../services/platform/tensorflow/training-set.ts';
import type { CutTable, Outcome } from './cut-table.ts';
import { dataFileError } from './data-file-error.ts';
import type { InputCoding } from './input-coding.ts';

/** Smallest spend that is taken the logarithm of: one cent of most currencies. */
const minSpend = 0.01;

/** One order of a whole warehouse (they are mostly cancelled minutes later) must not pull the others' spend along. */
const maxSpendShare = 100;

/** Rows of several cuts, encoded as the scorer will encode them, with their targets. */
export function encodeTables(tables: readonly CutTable[], coding: InputCoding): TrainingSet {
  const { inputs, spendUnit } = coding;
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const encode = createVectorEncoder(coding, featureNames);
  const encoded = new Float32Array(rows * inputs.length);
  const targets = new Float32Array(rows * targetColumns.length);
  const vector = new Float64Array(featureNames.length);
  let at = 0;
  for (const table of tables) {
    for (const [i, { outcome }] of table.rows.entries()) {
      table.vectors.read(i, vector);
      if (!encode(vector, 0, encoded, at * inputs.length)) {
        throw dataFileError('An amount in the orders is too large to train on; remove the rows with absurd amounts.');
      }
      targets.set(toTargets(outcome, spendUnit), at * targetColumns.length);
      at += 1;
    }
  }
  return { rows, inputs: encoded, targets };
}

/** In the order of `targetColumns`. */
function toTargets({ silent, spend, purchaseDays }: Outcome, spendUnit: number): number[] {
  const logSpend = silent[2] ? 0 : Math.log(Math.max(spend, minSpend));
  const spendShare = Math.min(spend / spendUnit, maxSpendShare);
  return [...silent.map(Number), logSpend, purchaseDays, spendShare];
}
