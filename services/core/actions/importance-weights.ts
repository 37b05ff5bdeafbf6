import type { ExperimentLog } from './experiment-log.ts';

/** Per row: how much likelier the policy takes the logged arm than the log did. */
export function importanceWeights({ arms, arm, propensity }: ExperimentLog, policy: Float64Array): Float64Array {
  return propensity.map((p, i) => policy[i * arms.length + arm[i]] / p);
}
