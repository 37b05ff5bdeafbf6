import { fitContextColumns } from './context-columns.ts';
import { encodeContext } from '../../services/core/actions/encode-context.ts';
import { outcomePenalty } from './fit-effects.ts';
import { fitOutcomes } from './fit-outcomes.ts';
import { foldOf } from './fold-of.ts';
import type { LoggedExperiment } from './logged-experiment.ts';
import { predictValues } from './predict-values.ts';

/** Expected reward of each arm (rows x arms) by outcome models of the customers in other folds. */
export function expectedRewards(
  { log, customers, context }: LoggedExperiment,
  names: readonly string[],
  folds: number,
): Float64Array {
  const fold = customers.map((id) => foldOf(id, folds));
  const all = [...log.arm.keys()];
  const expected = new Float64Array(log.arm.length * log.arms.length);
  for (let held = 0; held < folds; held++) {
    const rows = all.filter((row) => fold[log.customer[row]] !== held);
    const heldRows = all.filter((row) => fold[log.customer[row]] === held);
    if (rows.length === 0 || heldRows.length === 0) continue;
    const columns = fitContextColumns(names, context, rows);
    const inputs = context.map((cells) => encodeContext(columns, cells));
    const [models] = fitOutcomes(log, inputs, rows, [outcomePenalty]);
    predictValues(models, inputs, heldRows, expected);
  }
  return expected;
}
