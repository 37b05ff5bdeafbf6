import { fitContextColumns } from './context-columns.ts';
import { encodeContext } from '../../services/core/actions/encode-context.ts';
import { fitEffects } from './fit-effects.ts';
import { fitOutcomes } from './fit-outcomes.ts';
import type { FittedPolicy } from './fitted-policy.ts';
import type { LoggedExperiment } from './logged-experiment.ts';

/** How hard the candidates shrink; the first is that of the outcome models which correct the values. */
export const penalties = [0.01, 0.1, 1, 10] as const;

export interface FittedCandidates {
  /** The first one gives the expected rewards of the doubly robust value. */
  readonly fitted: readonly FittedPolicy[];
  /** Encoded context of every row of the log, also of those that were not fitted on. */
  readonly inputs: readonly (readonly number[])[];
}

/** Fits all candidates on some rows. */
export function fitCandidates(
  { log, context }: LoggedExperiment,
  names: readonly string[],
  rows: readonly number[],
): FittedCandidates {
  const columns = fitContextColumns(names, context, rows);
  const inputs = context.map((cells) => encodeContext(columns, cells));
  const fitted = (['outcomes', 'effects'] as const).flatMap((learner) => {
    const models = (learner === 'outcomes' ? fitOutcomes : fitEffects)(log, inputs, rows, penalties);
    return penalties.map((penalty, p) => ({ candidate: { learner, penalty }, columns, models: models[p] }));
  });
  return { fitted, inputs };
}
