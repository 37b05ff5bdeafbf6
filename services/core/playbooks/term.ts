import type { DurationMs } from '../units.ts';

/** A length of time as a playbook writes it, and in which time it is counted. */
export interface Term {
  readonly scale: 'plain' | 'working-hours' | 'working-days';
  /** Milliseconds; a working day has 86,400,000 of them, whatever its hours. */
  readonly units: DurationMs;
}

const minuteMs = 60_000;
const units = {
  m: { scale: 'plain', ms: minuteMs },
  h: { scale: 'plain', ms: 60 * minuteMs },
  d: { scale: 'plain', ms: 1440 * minuteMs },
  wh: { scale: 'working-hours', ms: 60 * minuteMs },
  wd: { scale: 'working-days', ms: 1440 * minuteMs },
} as const;
const pattern = /^(\d{1,4})(m|h|d|wh|wd)$/;

/** How terms are written, for messages. */
export const termForm = 'a whole number and m, h, d, wh (working hours) or wd (working days), like 48h or 3wd';

/** Reads `48h`, `30d`, `3wd`; null for anything else. */
export function parseTerm(text: string): Term | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, count, unit] = match;
  const { scale, ms } = units[unit as keyof typeof units];
  return { scale, units: Number(count) * ms };
}
