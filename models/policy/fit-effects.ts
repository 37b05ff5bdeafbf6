import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { applyLinear } from '../../services/core/actions/apply-linear.ts';
import { fitOutcomes } from './fit-outcomes.ts';
import type { LinearModel } from '../../services/core/actions/linear-model.ts';
import { fitRidge } from './fit-ridge.ts';

/** Penalty of the outcome models inside: they only take noise away, so their strength matters little. */
export const outcomePenalty = 0.01;

/**
 * Doubly robust learner (Kennedy 2020): per row and arm the reward expected by models of the other half of the customers,
 * corrected by the weighted error where the row got the arm; then one ridge regression of that per arm.
 * @returns models by penalty, then by arm
 */
export function fitEffects(
  log: ExperimentLog,
  inputs: readonly (readonly number[])[],
  rows: readonly number[],
  penalties: readonly number[],
): LinearModel[][] {
  const targets = log.arms.map(() => new Float64Array(log.arm.length));
  for (const half of [0, 1]) {
    const others = rows.filter((row) => log.customer[row] % 2 !== half);
    const [models] = fitOutcomes(log, inputs, others, [outcomePenalty]);
    for (const row of rows) {
      if (log.customer[row] % 2 !== half) continue;
      models.forEach((model, arm) => {
        const expected = applyLinear(model, inputs[row]);
        const error = log.arm[row] === arm ? (log.reward[row] - expected) / log.propensity[row] : 0;
        targets[arm][row] = expected + error;
      });
    }
  }
  return fitRidge({ rows, inputs, targets }, penalties);
}
