import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import type { LinearModel } from '../../services/core/actions/linear-model.ts';
import { fitRidge } from './fit-ridge.ts';

/**
 * One ridge regression of the reward per arm, on the rows that got it (the T-learner).
 * @returns models by penalty, then by arm
 */
export function fitOutcomes(
  log: ExperimentLog,
  inputs: readonly (readonly number[])[],
  rows: readonly number[],
  penalties: readonly number[],
): LinearModel[][] {
  const perArm = log.arms.map((_, arm) => {
    const own = rows.filter((row) => log.arm[row] === arm);
    // an arm that none of these rows got: nothing is expected of it, and its propensity corrects that
    if (own.length === 0) return penalties.map(() => new Array<number>(inputs[0].length + 1).fill(0));
    return fitRidge({ rows: own, inputs, targets: [log.reward] }, penalties).map(([model]) => model);
  });
  return penalties.map((_, p) => perArm.map((models) => models[p]));
}
