import type { EpochDay } from '../../../services/core/units.ts';

/** With less history behind the cut of a year ago, its customers have too little past to be compared. */
const minHistoryDays = 180;

/** The day a year before `at`; null when the history does not reach far enough back behind it. */
export function yearAgoOf(at: EpochDay, firstDay: EpochDay): EpochDay | null {
  const yearAgo = at - 365;
  return yearAgo >= firstDay + minHistoryDays ? yearAgo : null;
}
