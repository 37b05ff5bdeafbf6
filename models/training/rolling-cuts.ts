import type { EpochDay } from '../../services/core/units.ts';

/** A cut needs this much history before it, or its features say little. */
export const minHistoryDays = 120;

/**
 * Cuts a third of the label window apart, ascending; the label window of the newest ends exactly at `until`.
 * @param horizonDays length of the label window
 */
export function rollingCuts(firstDay: EpochDay, until: EpochDay, horizonDays: number): EpochDay[] {
  const stepDays = Math.max(1, Math.round(horizonDays / 3));
  const cuts: EpochDay[] = [];
  for (let cut = until - horizonDays; cut >= firstDay + minHistoryDays; cut -= stepDays) cuts.push(cut);
  return cuts.reverse();
}
