import type { Period, PeriodKind } from '../period.ts';

/** A year of days and of weeks is one of whole weeks, so that weekdays are compared with their like. */
const inYear: Readonly<Record<PeriodKind, number>> = { day: 364, week: 52, month: 12, quarter: 4, half: 2, year: 1 };

export function periodBefore({ kind, index }: Period): Period {
  return { kind, index: index - 1 };
}

/** The same period a year before: of months and longer ones that of the calendar, else 52 weeks before. */
export function periodYearBefore({ kind, index }: Period): Period {
  return { kind, index: index - inYear[kind] };
}
