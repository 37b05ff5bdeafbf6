import type { ExperimentLog } from './experiment-log.ts';
import { importanceWeights } from './importance-weights.ts';
import { meanOf } from './mean-of.ts';
import type { ValueEstimate } from './value-estimate.ts';

/**
 * Doubly robust value (Dudík, Langford and Li 2011): what a model of the rewards says of the policy, corrected by the
 * weighted errors of that model. Right when the propensities or the model are; narrower the better the model.
 * @param policy probability of each arm, rows x arms
 * @param expected reward that the model expects of each arm, rows x arms, by a model that has not seen the row
 */
export function doublyRobustValue(log: ExperimentLog, policy: Float64Array, expected: Float64Array): ValueEstimate {
  const width = log.arms.length;
  const terms = importanceWeights(log, policy).map((weight, i) => {
    let planned = 0;
    for (let arm = 0; arm < width; arm++) planned += policy[i * width + arm] * expected[i * width + arm];
    return planned + weight * (log.reward[i] - expected[i * width + log.arm[i]]);
  });
  const value = meanOf(terms);
  return { value, influence: terms.map((term) => term - value) };
}
