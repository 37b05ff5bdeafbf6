import type { EpochMs } from '../units.ts';
import { readUtcStamp } from './read-utc-stamp.ts';

const pattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * The instant that an ISO 8601 text names, to the millisecond; null for anything else, impossible dates included. A
 * time without an offset is UTC, a date alone is its midnight in UTC: the zone of this machine never matters.
 */
export function parseIsoTime(text: string): EpochMs | null {
  return readUtcStamp(text) ?? parseAnyTime(text);
}

function parseAnyTime(text: string): EpochMs | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, date = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  // Date.parse may roll 30 February over into March.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(date.slice(8))) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offsetMinutes = readOffset(zone);
  if (offsetMinutes === null) return null;
  const seconds = Number(hour) * 3600 + (Number(minute) - offsetMinutes) * 60 + Math.min(59, Number(second));
  return midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** Minutes east of UTC. */
function readOffset(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 18 || minutes > 59) return null;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}
