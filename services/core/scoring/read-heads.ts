import type { Calibration } from './model-manifest.ts';
import type { Prediction } from './prediction.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { zeroInflatedMedian } from './zero-inflated-median.ts';

/**
 * Turns one row of raw head outputs (order of `modelOutputs`, beginning at `at`) into a prediction, in doubles.
 *
 * Churn is monotone by construction. The raw chain P30 = sigmoid(churn30), P60 = P30 * sigmoid(churn60),
 * P90 = P60 * sigmoid(churn90) gives A = 1 - P, the chance of a purchase; the calibration moves the logit of P90, and
 * the shares A60 / A90 and A30 / A60 (how soon a purchase comes, if one does) stay as they are.
 *
 * Spend S within 90 days is 0 with probability P90, else log-normal(mu, sigma), sigma = min(softplus(raw), cap)
 * (zero-inflated log-normal, Wang, Liu & Miao 2019). Its mean is the geometric mean of two estimates: that of the
 * log-normal, A90 * exp(mu + sigma^2 / 2) with the raw chance of a purchase, and exp(logSpend), which is right in sum;
 * the calibration's power and factor are applied to it. The calibrated chance would stretch small spenders twice.
 *
 * Purchase days are at most the days of the horizon, since a day counts once. Non-finite outputs give a prediction that `isTrustworthy` refuses.
 * @param horizonDays of the third step of churn, of spend and of purchase days; 90 in every model that is served
 */
export function readHeads(
  outputs: ArrayLike<number>,
  at: number,
  calibration: Calibration,
  horizonDays = 90,
): Prediction {
  const { active, churn } = readChurn(outputs, at, calibration);
  const mu = outputs[at + 3];
  const sigma = Math.min(softplus(outputs[at + 4]), calibration.sigmaCap);
  const logNormalMean = Math.log(active) + mu + (sigma * sigma) / 2;
  return {
    churn,
    expectedSpend: {
      mean: Math.exp(((logNormalMean + outputs[at + 6]) / 2) * calibration.spendPower) * calibration.spendFactor,
      median: zeroInflatedMedian(churn.p90, mu, sigma),
    },
    expectedPurchases: Math.min(Math.exp(outputs[at + 5]) * calibration.countFactor, horizonDays),
  };
}

interface ReadChurn {
  /** Raw chance of a purchase within 90 days, not calibrated. */
  readonly active: number;
  readonly churn: Prediction['churn'];
}

/** Works with both P and 1 - P, so that neither is lost where the other is close to 1. */
function readChurn(outputs: ArrayLike<number>, at: number, { a, b }: Calibration): ReadChurn {
  const silent30 = sigmoid(outputs[at]);
  const active30 = positive(sigmoid(-outputs[at]));
  const silent60 = silent30 * sigmoid(outputs[at + 1]);
  const active60 = active30 + silent30 * sigmoid(-outputs[at + 1]);
  const silent90 = positive(silent60 * sigmoid(outputs[at + 2]));
  const active90 = active60 + silent60 * sigmoid(-outputs[at + 2]);
  const logit = a * (Math.log(silent90) - Math.log(active90)) + b;
  const within90 = sigmoid(-logit);
  const within60 = within90 * (active60 / active90);
  // rounding must not turn the order of the horizons round
  const p90 = sigmoid(logit);
  const p60 = Math.max(p90, 1 - within60);
  const p30 = Math.max(p60, 1 - within60 * (active30 / active60));
  return { active: active90, churn: { p30, p60, p90 } };
}

/** Keeps logarithms and quotients finite where a probability is too small for a double. */
function positive(p: number): number {
  return Math.max(p, Number.MIN_VALUE);
}
