import { doublyRobustValue } from '../../services/core/actions/doubly-robust-value.ts';
import { greedyPolicy } from '../../services/core/actions/greedy-policy.ts';
import { fitCandidates } from './fit-candidates.ts';
import { foldOf } from './fold-of.ts';
import type { LoggedExperiment } from './logged-experiment.ts';
import { predictValues } from './predict-values.ts';
import { selectRows } from './select-rows.ts';

const innerFolds = 3;

/**
 * The candidate whose policy has the highest doubly robust value on customers it was not fitted on.
 * @param rows rows that may be looked at
 * @returns its position among the candidates
 */
export function chooseCandidate(
  experiment: LoggedExperiment,
  names: readonly string[],
  rows: readonly number[],
): number {
  const { log, customers } = experiment;
  // another text than that of the outer folds: else some inner folds would be empty
  const folds = customers.map((id) => foldOf(`inner:${id}`, innerFolds));
  const fold = (row: number): number => folds[log.customer[row]];
  const values: Float64Array[] = [];
  for (let held = 0; held < innerFolds; held++) {
    const fitRows = rows.filter((row) => fold(row) !== held);
    const heldRows = rows.filter((row) => fold(row) === held);
    if (fitRows.length === 0) continue;
    const { fitted, inputs } = fitCandidates(experiment, names, fitRows);
    fitted.forEach(({ models }, candidate) => {
      values[candidate] ??= new Float64Array(log.arm.length * log.arms.length);
      predictValues(models, inputs, heldRows, values[candidate]);
    });
  }
  const order = log.arms.map((_, arm) => arm);
  const [expected] = values;
  const seen = selectRows(log, rows);
  const worth = values.map((predicted) => {
    const policy = greedyPolicy(seen.matrix(predicted), order);
    return doublyRobustValue(seen.log, policy, seen.matrix(expected)).value;
  });
  return worth.indexOf(Math.max(...worth));
}
