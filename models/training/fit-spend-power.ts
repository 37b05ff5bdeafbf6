import type { CutRow } from './cut-table.ts';
import { identityCalibration } from './identity-calibration.ts';
import { fitGlm } from './glm/fit-glm.ts';
import { predictRows } from './predict-rows.ts';

/** Beyond these a handful of customers would have made the fit. */
const bounds = { least: 0.8, most: 1.5 };
const cappedShare = 0.005;

/**
 * The power that expected spend has to be raised to, by Tweedie regression of the real spend on its logarithm, on rows the
 * nets have not seen. Nets that are averaged, and stopped early, tell spenders too little apart. A Poisson regression
 * would look at the large spenders only, and leave the small ones far too large.
 * @param heads raw heads of the rows
 */
export function fitSpendPower(heads: Float32Array, rows: readonly CutRow[]): number {
  const predictions = predictRows(heads, identityCalibration);
  const spent = rows.map(({ outcome }) => outcome.spend);
  const positive = spent.filter((spend) => spend > 0).sort((a, b) => a - b);
  if (positive.length === 0) return 1;
  const cap = positive[Math.floor((1 - cappedShare) * (positive.length - 1))];
  const unit = spent.reduce((sum, spend) => sum + Math.min(spend, cap), 0) / rows.length;
  const design = new Float64Array(rows.length * 2);
  predictions.forEach(({ expectedSpend }, i) => design.set([Math.log(expectedSpend.mean / unit), 1], i * 2));
  const y = Float64Array.from(spent, (spend) => Math.min(spend, cap) / unit);
  const [power] = fitGlm({ design, width: 2, y }, 'tweedie', [1, 0]);
  return Math.min(bounds.most, Math.max(bounds.least, power));
}
