import { modelOutputs } from './model-outputs.ts';
import type { Prediction } from './prediction.ts';

/** More than this (major units of any currency) within 90 days is taken for a broken model. */
const maxSpend = 1e12;
/** Heads are logits and logarithms: a trained net stays within about 20. */
const maxHead = 100;
const horizonDays = 90;

/**
 * Whether a prediction may be published as a normal score: every raw head output is finite and within ±100, and every
 * figure is finite and in its range (probabilities 0 to 1 and not rising with the horizon, spend 0 to 1e12, at most 90
 * purchase days).
 * @param outputs raw head outputs, the row beginning at `at`; a broken head is refused even where the figures happen
 * to hide it (an infinite logit is a probability of exactly 0 or 1)
 */
export function isTrustworthy(prediction: Prediction, outputs: ArrayLike<number>, at: number): boolean {
  for (let i = 0; i < modelOutputs.length; i++) if (!(Math.abs(outputs[at + i]) <= maxHead)) return false;
  const { churn, expectedSpend, expectedPurchases } = prediction;
  return (
    churn.p30 <= 1 && churn.p60 <= churn.p30 && churn.p90 <= churn.p60 && churn.p90 >= 0 &&
    isWithin(expectedSpend.mean, maxSpend) && isWithin(expectedSpend.median, maxSpend) &&
    isWithin(expectedPurchases, horizonDays)
  ); // prettier-ignore
}

/** False for NaN as well. */
function isWithin(value: number, max: number): boolean {
  return value >= 0 && value <= max;
}
