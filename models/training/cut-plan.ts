import type { EpochDay } from '../../services/core/units.ts';
import { minHistoryDays } from './rolling-cuts.ts';

/** How cuts are used. No label window of a training cut reaches past the cut it is judged on. */
export interface CutPlan {
  /** Cuts the shipped nets are trained on: all of them. */
  readonly train: readonly EpochDay[];
  /** The newest cut: the rehearsal is measured on it. */
  readonly newest: EpochDay;
  /** Cuts of the rehearsal: their label windows end at the newest cut or before it. */
  readonly rehearsalTrain: readonly EpochDay[];
  /** The newest of those: it decides how many epochs are best. */
  readonly tune: EpochDay;
  /** Cuts of the nets that are watched on `tune`. */
  readonly probeTrain: readonly EpochDay[];
}

/** Days of history that `planCuts` needs before `until`. */
export function minTrainingDays(horizonDays: number): number {
  return minHistoryDays + 3 * horizonDays;
}

/** Null when the history is too short for a rehearsal, that is, for any honest figure. */
export function planCuts(cuts: readonly EpochDay[], horizonDays: number): CutPlan | null {
  const before = (judge: EpochDay): EpochDay[] => cuts.filter((cut) => cut + horizonDays <= judge);
  const newest = cuts.at(-1);
  if (newest === undefined) return null;
  const rehearsalTrain = before(newest);
  const tune = rehearsalTrain.at(-1);
  if (tune === undefined) return null;
  const probeTrain = before(tune);
  return probeTrain.length === 0 ? null : { train: cuts, newest, rehearsalTrain, tune, probeTrain };
}
