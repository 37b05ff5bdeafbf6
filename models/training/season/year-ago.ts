import type { EpochDay } from '../../../services/core/units.ts';
import { minHistoryDays } from '../rolling-cuts.ts';

/** The day a year before `at`; null when there is not as much history behind it as behind any cut. */
export function yearAgoOf(at: EpochDay, firstDay: EpochDay): EpochDay | null {
  const yearAgo = at - 365;
  return yearAgo >= firstDay + minHistoryDays ? yearAgo : null;
}
