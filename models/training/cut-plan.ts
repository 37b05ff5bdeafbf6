import type { EpochDay } from '../../services/core/units.ts';
import { labelDays, minHistoryDays } from './rolling-cuts.ts';

/** How cuts are used. No label window of a training cut reaches past the cut it is judged on. */
export interface CutPlan {
  /** The newest cut: calibrates the shipped model; the rehearsal is measured on it. */
  readonly newest: EpochDay;
  /** Cuts the shipped model is trained on. */
  readonly train: readonly EpochDay[];
  /** The same, one label window earlier: early stopping and calibration on `rehearsalTune`, training before it. */
  readonly rehearsalTune: EpochDay;
  readonly rehearsalTrain: readonly EpochDay[];
}

/** Days of history that `planCuts` needs before `until`. */
export const minTrainingDays = minHistoryDays + 3 * labelDays;

/** Null when the history is too short for a rehearsal, that is, for any honest figure. */
export function planCuts(cuts: readonly EpochDay[]): CutPlan | null {
  const newest = cuts.at(-1);
  if (newest === undefined) return null;
  const train = cuts.filter((cut) => cut + labelDays <= newest);
  const rehearsalTune = train.at(-1);
  if (rehearsalTune === undefined) return null;
  const rehearsalTrain = train.filter((cut) => cut + labelDays <= rehearsalTune);
  return rehearsalTrain.length === 0 ? null : { newest, train, rehearsalTune, rehearsalTrain };
}
