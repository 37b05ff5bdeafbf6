import type { ExperimentColumns } from '../../models/policy/experiment-columns.ts';
import { usageError } from '../usage-error.ts';

/** @throws ERR_USAGE for a context column that says what was done, how likely, or what came of it */
export function assertContextIsBefore({ arm, reward, propensity, context }: ExperimentColumns): void {
  const after = context.find((name) => name === arm || name === reward || name === propensity);
  if (after !== undefined)
    throw usageError(`--context names "${after}", which is not known before the action; take it out.`);
}
