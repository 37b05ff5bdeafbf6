import type { EpochDay } from '../../services/core/units.ts';

/** Days after a cut that a label looks at. */
export const labelDays = 90;
const stepDays = 30;
/** A cut needs this much history before it, or its features say little. */
export const minHistoryDays = 120;

/** Cuts every 30 days, ascending; the label window of the newest ends exactly at `until`. */
export function rollingCuts(firstDay: EpochDay, until: EpochDay): EpochDay[] {
  const cuts: EpochDay[] = [];
  for (let cut = until - labelDays; cut >= firstDay + minHistoryDays; cut -= stepDays) cuts.push(cut);
  return cuts.reverse();
}
