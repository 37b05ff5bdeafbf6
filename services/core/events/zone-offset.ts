import { EngineError } from '../errors.ts';
import type { DurationMs, EpochMs } from '../units.ts';

const fields = { era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const; // prettier-ignore

/**
 * Local time minus UTC of a time zone, straight from the zone tables. Exact, but some microseconds per call.
 * An unknown zone name is ERR_CONFIG_INVALID.
 */
export function createZoneOffset(timezone: string): (ms: EpochMs) => DurationMs {
  const format = openFormat(timezone);
  return function zoneOffset(ms) {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = value;
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    const [month, day, hour, minute, second] = ['month', 'day', 'hour', 'minute', 'second'].map((name) =>
      Number(part[name]),
    ) as [number, number, number, number, number];
    // setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999
    const local = new Date(Date.UTC(2000, 0, 1, hour, minute, second)).setUTCFullYear(year, month - 1, day);
    return local - Math.floor(ms / 1000) * 1000;
  };
}

function openFormat(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone: timezone, hourCycle: 'h23', calendar: 'gregory' });
  } catch (cause) {
    const message = `The time zone "${timezone}" is unknown; use an IANA name such as Europe/London.`;
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, cause });
  }
}
