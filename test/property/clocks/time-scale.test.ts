import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingDays, workingTime } from '../../../services/core/clocks/working-time.ts';
import { createWorkingHours, type HourRange, type WorkingHours } from '../../../services/core/clocks/working-hours.ts';
import { runs } from '../../support/property-runs.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;
const zones = ['Europe/London', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];

/** Ranges of a day that do not overlap, cut from the day at random minutes. */
const dayRanges: fc.Arbitrary<HourRange[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: dayMinutes }), { minLength: 0, maxLength: 6 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((minutes) =>
    Array.from({ length: Math.floor(minutes.length / 2) }, (_, i) => [minutes[2 * i] ?? 0, minutes[2 * i + 1] ?? 0]),
  );

const workingHours: fc.Arbitrary<WorkingHours> = fc
  .record({
    timezone: fc.constantFrom(...zones),
    week: fc.array(dayRanges, { minLength: 7, maxLength: 7 }).filter((week) => week.some(({ length }) => length > 0)),
    exceptions: fc.array(fc.tuple(fc.integer({ min: 15_000, max: 21_000 }), dayRanges), { maxLength: 5 }),
  })
  .map(({ exceptions, ...settings }) => createWorkingHours({ ...settings, exceptions: new Map(exceptions) }));

const instant = fc.integer({ min: 15_000 * 86_400_000, max: 21_000 * 86_400_000 });
const stretch = fc.integer({ min: 0, max: 20 * 86_400_000 });

/** Working minutes counted one by one. */
function naiveMinutes(hours: WorkingHours, from: number, minutes: number): number {
  let count = 0;
  for (let i = 0; i < minutes; i += 1) {
    const at = from + i * minuteMs;
    if (hours.rangesOf(hours.dayOf(at)).some((range) => at >= range.from && at < range.to)) count += 1;
  }
  return count;
}

describe('working time', () => {
  it('adds up over adjoining stretches, in hours and in days', () => {
    fc.assert(
      fc.property(workingHours, instant, stretch, stretch, (hours, from, one, other) => {
        for (const scale of [workingTime(hours), workingDays(hours)]) {
          const whole = scale.between(from, from + one + other);
          const parts = scale.between(from, from + one) + scale.between(from + one, from + one + other);
          expect(Math.abs(whole - parts)).toBeLessThan(1e-3);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('ends at the first instant by which the units have passed', () => {
    fc.assert(
      fc.property(workingHours, instant, stretch, (hours, from, units) => {
        const scale = workingTime(hours);
        const end = scale.after(from, units);
        expect(scale.between(from, end)).toBe(units);
        if (units > 0) expect(scale.between(from, end - 1)).toBe(units - 1);
      }),
      { numRuns: runs(300) },
    );
  });

  it('ends after so many shares of working days, to the millisecond', () => {
    fc.assert(
      fc.property(workingHours, instant, stretch, (hours, from, units) => {
        const scale = workingDays(hours);
        const end = scale.after(from, units);
        expect(scale.between(from, end - 1)).toBeLessThanOrEqual(units + 1e-3);
        expect(scale.between(from, end + 1)).toBeGreaterThanOrEqual(units - 1e-3 - shareOfAMillisecond(hours, end));
      }),
      { numRuns: runs(300) },
    );
  });

  it('counts what a naive walk over the minutes counts', () => {
    const wholeMinute = fc.integer({ min: 15_000 * dayMinutes, max: 21_000 * dayMinutes }).map((m) => m * minuteMs);
    fc.assert(
      fc.property(workingHours, wholeMinute, fc.integer({ min: 0, max: 3000 }), (hours, from, minutes) => {
        const counted = workingTime(hours).between(from, from + minutes * minuteMs) / minuteMs;
        expect(counted).toBe(naiveMinutes(hours, from, minutes));
      }),
      { numRuns: runs(50) },
    );
  });
});

/** Units of working days that one millisecond of the shortest day near an instant is worth. */
function shareOfAMillisecond(hours: WorkingHours, at: number): number {
  const ranges = hours.rangesOf(hours.dayOf(at));
  const length = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return length === 0 ? 0 : 86_400_000 / length;
}
