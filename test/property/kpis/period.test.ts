import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  daysIn,
  isMonthly,
  monthsIn,
  parsePeriod,
  periodKinds,
  periodName,
  periodOf,
} from '../../../services/core/kpis/period.ts';
import { runs } from '../../support/property-runs.ts';

const someDay = fc.integer({ min: -3000, max: 40_000 });
const someKind = fc.constantFrom(...periodKinds);

describe('periods of the business calendar', () => {
  it('are those of another calendar library', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const date = DateTime.fromMillis(day * 86_400_000, { zone: 'utc' });
        const half = date.month <= 6 ? 1 : 2;
        expect(periodKinds.map((kind) => periodName(periodOf(kind, day)))).toEqual([
          date.toISODate(),
          date.toFormat("kkkk-'W'WW"),
          date.toFormat('yyyy-MM'),
          `${date.year}-Q${date.quarter}`,
          `${date.year}-H${half}`,
          String(date.year),
        ]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('hold their days, meet without a gap and are found by their names', () => {
    fc.assert(
      fc.property(someKind, someDay, (kind, day) => {
        const period = periodOf(kind, day);
        const [first, after] = daysIn(period);
        expect(first <= day && day < after).toBe(true);
        expect(periodOf(kind, after)).toEqual({ kind, index: period.index + 1 });
        expect(parsePeriod(periodName(period))).toEqual(period);
        if (!isMonthly(kind)) return;
        const [month, afterMonth] = monthsIn({ kind, index: period.index });
        expect(periodOf('month', first).index).toBe(month);
        expect(periodOf('month', after).index).toBe(afterMonth);
      }),
      { numRuns: runs(300) },
    );
  });

  it.each(['2026-13', '2026-02-30', '2026-W54', '2026-Q5', 'Q1', '', '2026-1'])('refuse "%s"', (name) => {
    expect(parsePeriod(name)).toBeNull();
  });
});
