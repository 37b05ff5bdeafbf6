import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { greedyPolicy } from '../../services/core/actions/greedy-policy.ts';
import { oneArmPolicy } from '../../services/core/actions/one-arm-policy.ts';
import { valueDifference } from '../../services/core/actions/value-difference.ts';
import { valueInterval, type Interval } from '../../services/core/actions/value-interval.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { chooseCandidate } from './choose-candidate.ts';
import { crossFit } from './cross-fit.ts';
import { fitCandidates } from './fit-candidates.ts';
import type { FittedPolicy } from './fitted-policy.ts';
import { judgePolicy, type JudgedPolicy } from './judge-policy.ts';
import type { LoggedExperiment } from './logged-experiment.ts';

export interface LearningRequest {
  /** Names of the context columns, in the order of their cells. */
  readonly context: readonly string[];
  readonly folds: number;
  readonly foldDone: () => void;
}

export interface LearntPolicy {
  /** The arm to give to all, by position: that of the highest doubly robust value. */
  readonly bestArm: number;
  /** How to choose per customer; null when treating all alike is not shown to be worse. */
  readonly perCustomer: FittedPolicy | null;
  /** One per arm, then the cross-fitted policy that chooses per customer. */
  readonly judged: readonly JudgedPolicy[];
  /** Choosing per customer above the best arm for all, paired, by the doubly robust value. */
  readonly gain: Interval;
  /** Cross-fitted value of each arm, rows x arms. */
  readonly values: Float64Array;
}

/** Rows of an arm below which nothing is learnt from them. */
const minRows = 30;

/** Name of the policy that chooses per customer in reports. */
export const perCustomerName = 'per customer';

/**
 * Learns which arm to give to whom, and whether telling customers apart pays at all: it does when the lower end of the
 * paired 95 % interval against the best arm for all is above 0, on customers that the policy was not learnt from.
 * @throws ERR_DATA_FILE when an arm was hardly ever taken
 */
export function learnPolicy(experiment: LoggedExperiment, request: LearningRequest): LearntPolicy {
  const { log } = experiment;
  const { context, folds, foldDone } = request;
  assertEnoughRows(log);
  const { values, expected } = crossFit(experiment, context, folds, foldDone);
  const arms = log.arms.map((name, arm) => judgePolicy(name, log, oneArmPolicy(log, arm), expected));
  const order = arms.map((_, arm) => arm).sort((a, b) => arms[b].estimate.value - arms[a].estimate.value);
  const [bestArm] = order;
  const learnt = judgePolicy(perCustomerName, log, greedyPolicy(values, order), expected);
  const gain = valueInterval(valueDifference(learnt.estimate, arms[bestArm].estimate), log.customer);
  const judged = [...arms, learnt].map((judgement) => judgement.judged);
  const perCustomer = gain.low > 0 ? fitOnAll(experiment, context) : null;
  return { bestArm, perCustomer, judged, gain, values };
}

function assertEnoughRows({ arms, arm }: ExperimentLog): void {
  for (const [position, name] of arms.entries()) {
    const rows = arm.reduce((count, taken) => count + (taken === position ? 1 : 0), 0);
    if (rows < minRows)
      throw dataFileError(
        `The arm "${name}" was taken ${rows} times, ${minRows} are needed to learn from; log more of it.`,
      );
  }
}

function fitOnAll(experiment: LoggedExperiment, context: readonly string[]): FittedPolicy {
  const rows = [...experiment.log.arm.keys()];
  const chosen = chooseCandidate(experiment, context, rows);
  return fitCandidates(experiment, context, rows).fitted[chosen];
}
