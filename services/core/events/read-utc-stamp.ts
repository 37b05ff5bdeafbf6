import type { EpochMs } from '../units.ts';

const zero = 0x30;
const dash = 0x2d;
const colon = 0x3a;
const dot = 0x2e;
const letterT = 0x54;
const letterZ = 0x5a;
/** Of `2026-05-01T10:00:00Z`, and the same with `.000`. */
const wholeSeconds = 20;
const withMillis = 24;
/** Every month has them. */
const surelyThere = 28;

/**
 * The instant of a time as `Date.toISOString` writes it, milliseconds or not; null for any other spelling, which may be a
 * time as well, and for the last days of months, which may be none.
 */
export function readUtcStamp(text: string): EpochMs | null {
  const millis = millisOf(text);
  if (millis < 0 || !hasSigns(text)) return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // Years below 100 mean others to Date.UTC; digits that are none make a number NaN, which is in no range.
  const isDate = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= surelyThere;
  if (!isDate || !(hour <= 23 && minute <= 59 && second <= 59)) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, millis);
}

/** Negative where the text does not end as a time in UTC does. */
function millisOf(text: string): number {
  if (text.charCodeAt(text.length - 1) !== letterZ) return -1;
  if (text.length === wholeSeconds) return 0;
  if (text.length !== withMillis || text.charCodeAt(19) !== dot) return -1;
  const millis = twoDigits(text, 20) * 10 + digit(text, 22);
  return Number.isNaN(millis) ? -1 : millis;
}

function hasSigns(text: string): boolean {
  return (
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    text.charCodeAt(10) === letterT &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon
  );
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - zero;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
