import type { ExperimentLog } from './experiment-log.ts';
import { importanceWeights } from './importance-weights.ts';
import { oneArmPolicy } from './one-arm-policy.ts';
import { valueInterval } from './value-interval.ts';
import { meanOf } from './mean-of.ts';

export interface PropensityMisfit {
  readonly arm: string;
  /** Rows the arm stands for by its propensities, over the rows there are: 1 when they are right. */
  readonly ratio: number;
}

/** Standard errors: chance alone hardly ever passes this. */
const bar = 5;

/**
 * The arm whose inverse propensities do not add up to the rows of the log, as they must up to chance whatever the policy
 * of the log was; null when all do. It finds propensities that were mixed up, typed wrongly or not those of the log.
 */
export function propensityMisfit(log: ExperimentLog): PropensityMisfit | null {
  for (const [position, arm] of log.arms.entries()) {
    const weights = importanceWeights(log, oneArmPolicy(log, position));
    const ratio = meanOf(weights);
    const influence = weights.map((weight) => weight - ratio);
    const { standardError } = valueInterval({ value: ratio, influence }, log.customer);
    // an arm that everybody got has no spread: then the ratio itself must be 1
    if (Math.abs(ratio - 1) > Math.max(bar * standardError, 1e-9)) return { arm, ratio };
  }
  return null;
}
