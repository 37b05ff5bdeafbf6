import { chooseCandidate } from './choose-candidate.ts';
import { fitCandidates } from './fit-candidates.ts';
import { foldOf } from './fold-of.ts';
import type { LoggedExperiment } from './logged-experiment.ts';
import { predictValues } from './predict-values.ts';

/** Both are matrices over rows and arms; each row is spoken of by models of other customers only. */
export interface CrossFitted {
  /** Value of each arm by the candidate chosen without the row. */
  readonly values: Float64Array;
  /** Expected reward of each arm by the outcome models. */
  readonly expected: Float64Array;
}

/** Learns once per fold on the other folds, choice of the candidate included, and speaks of the fold's customers. */
export function crossFit(
  experiment: LoggedExperiment,
  names: readonly string[],
  folds: number,
  foldDone: () => void,
): CrossFitted {
  const { log, customers } = experiment;
  const fold = customers.map((id) => foldOf(id, folds));
  const all = [...log.arm.keys()];
  const values = new Float64Array(log.arm.length * log.arms.length);
  const expected = new Float64Array(values.length);
  for (let held = 0; held < folds; held++) {
    const heldRows = all.filter((row) => fold[log.customer[row]] === held);
    const rows = all.filter((row) => fold[log.customer[row]] !== held);
    if (heldRows.length > 0 && rows.length > 0) {
      const chosen = chooseCandidate(experiment, names, rows);
      const { fitted, inputs } = fitCandidates(experiment, names, rows);
      predictValues(fitted[chosen].models, inputs, heldRows, values);
      predictValues(fitted[0].models, inputs, heldRows, expected);
    }
    foldDone();
  }
  return { values, expected };
}
