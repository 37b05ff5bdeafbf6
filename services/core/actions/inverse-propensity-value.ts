import type { ExperimentLog } from './experiment-log.ts';
import { importanceWeights } from './importance-weights.ts';
import { meanOf } from './mean-of.ts';
import type { ValueEstimate } from './value-estimate.ts';

/**
 * Inverse propensity scoring (Horvitz and Thompson 1952): the mean of weight times reward. Unbiased when the propensities
 * are right; its value moves when a constant is added to all rewards, so prefer the other two for reading.
 * @param policy probability of each arm, rows x arms
 */
export function inversePropensityValue(log: ExperimentLog, policy: Float64Array): ValueEstimate {
  const terms = importanceWeights(log, policy).map((weight, i) => weight * log.reward[i]);
  const value = meanOf(terms);
  return { value, influence: terms.map((term) => term - value) };
}
