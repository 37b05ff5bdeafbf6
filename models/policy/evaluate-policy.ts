import { oneArmPolicy } from '../../services/core/actions/one-arm-policy.ts';
import { valueDifference } from '../../services/core/actions/value-difference.ts';
import { valueInterval, type Interval } from '../../services/core/actions/value-interval.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { expectedRewards } from './expected-rewards.ts';
import { judgePolicy, type JudgedPolicy } from './judge-policy.ts';
import type { LoggedExperiment } from './logged-experiment.ts';

export interface PolicyToEvaluate {
  readonly name: string;
  /** Probability of each arm, rows x arms. */
  readonly policy: Float64Array;
}

export interface EvaluatedPolicy {
  /** By position: the arm that is best for all. */
  readonly bestArm: number;
  /** One per arm, then the policy if there is one. */
  readonly judged: readonly JudgedPolicy[];
  /** The policy above the best arm for all, paired, doubly robust; null without a policy. */
  readonly gain: Interval | null;
}

/**
 * Judges each arm for all, and a policy, on a log.
 * @param names of the context columns, for the models of expected rewards
 * @throws ERR_DATA_FILE when no row took an action that the policy takes
 */
export function evaluatePolicy(
  experiment: LoggedExperiment,
  names: readonly string[],
  folds: number,
  asked: PolicyToEvaluate | null,
): EvaluatedPolicy {
  const { log } = experiment;
  const expected = expectedRewards(experiment, names, folds);
  const arms = log.arms.map((name, arm) => judgePolicy(name, log, oneArmPolicy(log, arm), expected));
  const bestArm = arms.reduce(
    (best, { estimate }, arm) => (estimate.value > arms[best].estimate.value ? arm : best),
    0,
  );
  const judged = arms.map((arm) => arm.judged);
  if (asked === null) return { bestArm, judged, gain: null };
  const policy = judgePolicy(asked.name, log, asked.policy, expected);
  if (policy.judged.effectiveRows === 0)
    throw dataFileError(
      'No row of the log took the action that the policy takes there, so the log says nothing of it.',
    );
  const gain = valueInterval(valueDifference(policy.estimate, arms[bestArm].estimate), log.customer);
  return { bestArm, judged: [...judged, policy.judged], gain };
}
