import { inverseNormal } from './inverse-normal.ts';
import type { Calibration } from './model-manifest.ts';
import type { Prediction } from './prediction.ts';

const horizonDays = 90;

/**
 * Turns one row of raw head outputs (order of `modelOutputs`, beginning at `at`) into a prediction, in doubles.
 *
 * Churn is monotone by construction, since each horizon multiplies the one before by a probability:
 * P30 = sigmoid(a * churn30 + b), P60 = P30 * sigmoid(churn60), P90 = P60 * sigmoid(churn90).
 *
 * Spend S within 90 days is 0 with probability P90, else log-normal(mu, sigma), sigma = min(softplus(raw), cap)
 * (zero-inflated log-normal, Wang, Liu & Miao 2019). Mean: (1 - P90) * exp(mu + sigma^2 / 2).
 * Median m: P(S <= m) = P90 + (1 - P90) * Phi((ln m - mu) / sigma) = 1/2. With P90 >= 1/2 the zero reaches one half
 * alone, so m = 0; else m = exp(mu + sigma * PhiInverse((1/2 - P90) / (1 - P90))). The calibration's factor scales S,
 * hence both.
 *
 * Purchase days are at most 90, since a day counts once. Non-finite outputs give a prediction that `isTrustworthy` refuses.
 */
export function readHeads(outputs: ArrayLike<number>, at: number, calibration: Calibration): Prediction {
  const p30 = sigmoid(calibration.a * outputs[at] + calibration.b);
  const p60 = p30 * sigmoid(outputs[at + 1]);
  const p90 = p60 * sigmoid(outputs[at + 2]);
  const mu = outputs[at + 3];
  const sigma = Math.min(softplus(outputs[at + 4]), calibration.sigmaCap);
  return {
    churn: { p30, p60, p90 },
    expectedSpend: {
      mean: (1 - p90) * Math.exp(mu + (sigma * sigma) / 2) * calibration.spendFactor,
      median: medianSpend(p90, mu, sigma) * calibration.spendFactor,
    },
    expectedPurchases: Math.min(Math.exp(outputs[at + 5]), horizonDays),
  };
}

function medianSpend(p90: number, mu: number, sigma: number): number {
  if (p90 >= 0.5) return 0;
  return Math.exp(mu + sigma * inverseNormal((0.5 - p90) / (1 - p90)));
}

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
