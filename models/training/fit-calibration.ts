import type { Calibration } from '../../services/core/scoring/model-manifest.ts';
import type { CutRow } from './cut-table.ts';
import { predictRows } from './predict-rows.ts';

/** Above this, exp(sigma^2 / 2) lets single customers blow up the mean spend. */
const sigmaCap = 1.5;

export const identityCalibration: Calibration = { method: 'identity', a: 1, b: 0, spendFactor: 1, sigmaCap };

/**
 * Fits the calibration on rows the net was not trained on. The scale `a` and shift `b` of the first logit (Platt)
 * minimise the log loss summed over the three horizons, since all three are built on that logit; then the spend factor
 * makes the summed expected spend equal to the real one.
 * @param heads raw heads of the rows
 */
export function fitCalibration(heads: Float32Array, rows: readonly CutRow[]): Calibration {
  const { a, b } = fitPlatt(heads, rows);
  const platt: Calibration = { ...identityCalibration, method: 'platt', a, b };
  const expected = predictRows(heads, platt).reduce((sum, prediction) => sum + prediction.expectedSpend.mean, 0);
  const real = rows.reduce((sum, row) => sum + row.outcome.spend, 0);
  return { ...platt, spendFactor: real > 0 && expected > 0 ? real / expected : 1 };
}

/** Descends to the minimum by ever smaller steps along each axis; two parameters need nothing cleverer. */
function fitPlatt(heads: Float32Array, rows: readonly CutRow[]): { a: number; b: number } {
  let best = { a: 1, b: 0, loss: summedLogLoss(heads, rows, 1, 0) };
  for (let step = 0.5; step > 1e-4;) {
    const around = [
      { a: best.a + step, b: best.b },
      { a: Math.max(0.05, best.a - step), b: best.b },
      { a: best.a, b: best.b + step },
      { a: best.a, b: best.b - step },
    ].map(({ a, b }) => ({ a, b, loss: summedLogLoss(heads, rows, a, b) }));
    const next = around.reduce((least, candidate) => (candidate.loss < least.loss ? candidate : least));
    if (next.loss < best.loss) best = next;
    else step /= 2;
  }
  return { a: best.a, b: best.b };
}

function summedLogLoss(heads: Float32Array, rows: readonly CutRow[], a: number, b: number): number {
  let loss = 0;
  predictRows(heads, { ...identityCalibration, a, b }).forEach(({ churn }, i) => {
    const { silent30, silent60, silent90 } = rows[i].outcome;
    loss += logLoss(churn.p30, silent30) + logLoss(churn.p60, silent60) + logLoss(churn.p90, silent90);
  });
  return loss;
}

function logLoss(p: number, happened: boolean): number {
  return -Math.log(Math.max(happened ? p : 1 - p, 1e-15));
}
