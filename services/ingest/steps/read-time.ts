import { dayMs } from '../../core/events/epoch-day.ts';
import { earliestHistorical, maxAheadMs } from '../../core/events/event-time-limits.ts';
import { parseIsoTime } from '../../core/events/parse-iso-time.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { EpochMs } from '../../core/units.ts';
import { reject } from './reject.ts';

const earliest = Date.UTC(2000, 0, 1);
const maxAgeMs = 5 * 366 * dayMs;

/**
 * When the event happened, by the client's own statement. The clock of the client is not corrected: the difference
 * between sending and receiving mixes its error with the time the event waited, and the two cannot be told apart.
 * @param stated ISO 8601 text; null or undefined takes the time of receipt
 * @param historical imported events may be as old as 1990
 */
export function readTime(stated: unknown, receivedAt: EpochMs, historical: boolean): Outcome<EpochMs> {
  if (stated === undefined || stated === null) return { outcome: 'ok', value: receivedAt };
  const time = typeof stated === 'string' ? parseIsoTime(stated) : null;
  if (time === null) {
    return reject('ERR_EVENT_TIME', 'timestamp is not a time; write it in ISO 8601, as 2026-05-01T10:00:00Z');
  }
  if (time > receivedAt + maxAheadMs) {
    return reject('ERR_EVENT_TIME', 'timestamp is more than a day ahead of this server; check the clock of the sender');
  }
  if (historical && time < earliestHistorical) {
    return reject('ERR_EVENT_TIME', 'timestamp is before 1990, which imported events may not be; check its source');
  }
  if (!historical && time < Math.max(earliest, receivedAt - maxAgeMs)) {
    const advice = 'mark imported events with context.tidewatch.historical';
    return reject('ERR_EVENT_TIME', `timestamp is more than five years old or before 2000; ${advice}`);
  }
  return { outcome: 'ok', value: time };
}
