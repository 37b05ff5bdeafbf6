import type { ExperimentLog } from './experiment-log.ts';

/** The policy that treats all alike: probability 1 for one arm, rows x arms. */
export function oneArmPolicy({ arm: { length }, arms }: ExperimentLog, arm: number): Float64Array {
  const policy = new Float64Array(length * arms.length);
  for (let i = 0; i < length; i++) policy[i * arms.length + arm] = 1;
  return policy;
}
