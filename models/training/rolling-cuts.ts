import type { EpochDay } from '../../services/core/units.ts';

/** Days after a cut that a label looks at. */
export const labelDays = 90;
const stepDays = 30;
/** A cut needs this much history before it, or its features say little. */
const minHistoryDays = 120;

/** Cuts every 30 days, ascending; the label window of the newest ends exactly at `until`. */
export function rollingCuts(firstDay: EpochDay, until: EpochDay): EpochDay[] {
  const cuts: EpochDay[] = [];
  for (let cut = until - labelDays; cut >= firstDay + minHistoryDays; cut -= stepDays) cuts.push(cut);
  return cuts.reverse();
}

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
