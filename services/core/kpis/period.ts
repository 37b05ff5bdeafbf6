import { dayMs, isoFromEpochDay } from '../events/epoch-day.ts';
import type { EpochDay } from '../units.ts';

/** In the order of their length. Weeks are those of ISO 8601 and belong to no month. */
export const periodKinds = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Periods made of whole months; what needs the whole period of a customer is counted in these. */
export const monthlyKinds = ['month', 'quarter', 'half', 'year'] as const;
export type MonthlyKind = (typeof monthlyKinds)[number];

/** Months since January 1970. */
export type EpochMonth = number;

const monthsOf: Readonly<Record<MonthlyKind, number>> = { month: 1, quarter: 3, half: 6, year: 12 };

/** One period of the business calendar. `index` counts the periods of its kind; 0 holds 1970-01-01. */
export interface Period {
  readonly kind: PeriodKind;
  readonly index: number;
}

export function monthOf(day: EpochDay): EpochMonth {
  const date = new Date(day * dayMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** 1970-01-01 was a Thursday: its ISO week began three days before. */
function weekOf(day: EpochDay): number {
  return Math.floor((day + 3) / 7);
}

export function periodOf(kind: PeriodKind, day: EpochDay): Period {
  if (kind === 'day') return { kind, index: day };
  return kind === 'week' ? { kind, index: weekOf(day) } : monthlyPeriod(kind, monthOf(day));
}

export function monthlyPeriod(kind: MonthlyKind, month: EpochMonth): Period {
  return { kind, index: Math.floor(month / monthsOf[kind]) };
}

export function isMonthly(kind: PeriodKind): kind is MonthlyKind {
  return kind !== 'day' && kind !== 'week';
}

/** Its first month and the first one after it. */
export function monthsIn({ kind, index }: Period & { readonly kind: MonthlyKind }): readonly [EpochMonth, EpochMonth] {
  const length = monthsOf[kind];
  return [index * length, (index + 1) * length];
}

function firstDayOfMonth(month: EpochMonth): EpochDay {
  return Date.UTC(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12) / dayMs;
}

/** Its first business day and the first one after it. */
export function daysIn({ kind, index }: Period): readonly [EpochDay, EpochDay] {
  if (kind === 'day') return [index, index + 1];
  if (kind === 'week') return [index * 7 - 3, index * 7 + 4];
  const [first, after] = monthsIn({ kind, index });
  return [firstDayOfMonth(first), firstDayOfMonth(after)];
}

/** `2026-11-28`, `2026-W48`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`. */
export function periodName({ kind, index }: Period): string {
  const [first] = daysIn({ kind, index });
  if (kind === 'day') return isoFromEpochDay(first);
  if (kind === 'week') return weekName(first);
  const month = monthOf(first);
  const year = String(1970 + Math.floor(month / 12));
  const inYear = ((month % 12) + 12) % 12;
  if (kind === 'month') return `${year}-${String(inYear + 1).padStart(2, '0')}`;
  if (kind === 'year') return year;
  return kind === 'quarter' ? `${year}-Q${inYear / 3 + 1}` : `${year}-H${inYear / 6 + 1}`;
}

/** An ISO week has the year of its Thursday. */
function weekName(monday: EpochDay): string {
  const thursday = monday + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  const first = Date.UTC(year, 0, 1) / dayMs;
  return `${year}-W${String(Math.floor((thursday - first) / 7) + 1).padStart(2, '0')}`;
}

const patterns: readonly (readonly [RegExp, (parts: number[]) => Period])[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, ([y, m, d]) => ({ kind: 'day', index: Date.UTC(y, m - 1, d) / dayMs })],
  [/^(\d{4})-W(\d{2})$/, ([y, w]) => ({ kind: 'week', index: weekOf(Date.UTC(y, 0, 4) / dayMs) + w - 1 })],
  [/^(\d{4})-(\d{2})$/, ([y, m]) => ({ kind: 'month', index: (y - 1970) * 12 + m - 1 })],
  [/^(\d{4})-Q([1-4])$/, ([y, q]) => ({ kind: 'quarter', index: (y - 1970) * 4 + q - 1 })],
  [/^(\d{4})-H([12])$/, ([y, h]) => ({ kind: 'half', index: (y - 1970) * 2 + h - 1 })],
  [/^(\d{4})$/, ([y]) => ({ kind: 'year', index: y - 1970 })],
];

/** The period of that name; null where it names none, as `2026-13` or `2026-02-30`. */
export function parsePeriod(name: string): Period | null {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const period = read(match.slice(1).map(Number));
    return periodName(period) === name ? period : null;
  }
  return null;
}
