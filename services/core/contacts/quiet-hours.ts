import { createWorkingHours, type HourRange } from '../clocks/working-hours.ts';
import { EngineError } from '../errors.ts';
import type { EpochDay, EpochMs } from '../units.ts';

/** When customers may be contacted, in their own time zone. */
export interface ContactHours {
  /** The first instant at or after `at` at which a message may go out. */
  nextAllowed(at: EpochMs): EpochMs;
}

/** No shop keeps silent for a month. */
const longestSilenceDays = 31;

/**
 * Hours without messages, every day: from a minute of the local day to another one, over midnight where `from` is the
 * later. `silentDays` are days without any message, such as public holidays.
 */
export function createContactHours(
  timezone: string,
  quiet: { readonly from: number; readonly to: number },
  silentDays: ReadonlySet<EpochDay>,
): ContactHours {
  const allowed = allowedRanges(quiet);
  const exceptions = new Map([...silentDays].map((day) => [day, []] as const));
  const hours = createWorkingHours({ timezone, week: Array.from({ length: 7 }, () => allowed), exceptions });

  function nextAllowed(at: EpochMs): EpochMs {
    const first = hours.dayOf(at);
    for (let day = first; day <= first + longestSilenceDays; day += 1) {
      for (const { from, to } of hours.rangesOf(day)) if (at < to) return Math.max(at, from);
    }
    const message = 'The quiet hours leave no time for messages within a month; look at the silent days.';
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
  }

  return { nextAllowed };
}

function allowedRanges({ from, to }: { from: number; to: number }): readonly HourRange[] {
  const ranges: HourRange[] = from < to ? [[0, from], [to, 1440]] : [[to, from]]; // prettier-ignore
  return ranges.filter(([start, end]) => end > start);
}
