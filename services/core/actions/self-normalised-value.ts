import type { ExperimentLog } from './experiment-log.ts';
import { importanceWeights } from './importance-weights.ts';
import { meanOf } from './mean-of.ts';
import type { ValueEstimate } from './value-estimate.ts';

/**
 * Self-normalised inverse propensity scoring (Hájek; Swaminathan and Joachims 2015): the weighted mean of the rewards.
 * Biased by order 1/n, never outside the range of the rewards. NaN when no row took an arm that the policy takes.
 * @param policy probability of each arm, rows x arms
 */
export function selfNormalisedValue(log: ExperimentLog, policy: Float64Array): ValueEstimate {
  const weights = importanceWeights(log, policy);
  const meanWeight = meanOf(weights);
  const value = meanOf(weights.map((weight, i) => weight * log.reward[i])) / meanWeight;
  return { value, influence: weights.map((weight, i) => (weight * (log.reward[i] - value)) / meanWeight) };
}
