import type { DurationMs } from '../services/core/units.ts';
import { usageError } from './usage-error.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time like `90s`, `30m`, `12h` or `7d`, in milliseconds. */
export function readDuration(option: string, text: string): DurationMs {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (unit === undefined) throw usageError(`${option} "${text}" is no length of time; write it like 30m, 12h or 7d.`);
  return Number(count) * units[unit];
}
