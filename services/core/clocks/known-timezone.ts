import { cleanTimezone } from '../quality/rules/clean-timezone.ts';

/** A time zone as somebody said it, if there is such a one; else the other. */
export function knownTimezone(said: string | null, otherwise: string): string {
  const verdict = said === null ? null : cleanTimezone(said);
  return verdict?.state === 'right' ? String(verdict.value) : otherwise;
}
