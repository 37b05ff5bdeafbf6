import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import { epochDayFromIso } from '../../../../services/core/events/epoch-day.ts';
import { EngineError } from '../../../../services/core/errors.ts';
import { runs } from '../../../support/property-runs.ts';

/** Business day and start of day by another implementation of the zone tables. */
function luxonDay(ms: number, zone: string) {
  const at = DateTime.fromMillis(ms, { zone });
  return { day: Date.UTC(at.year, at.month - 1, at.day) / 86_400_000, start: at.startOf('day').toMillis() };
}

const zones = Intl.supportedValuesOf('timeZone');
const instant = fc.integer({ min: 0, max: Date.UTC(2037, 11, 31) });

/** Whether the day that begins at `start` ends for a while within its first hours. */
function beginsTwice(calendar: ReturnType<typeof createBusinessCalendar>, start: number): boolean {
  const day = calendar.dayOf(start);
  for (let ms = start; ms < start + 3 * 3_600_000; ms += 60_000) if (calendar.dayOf(ms) < day) return true;
  return false;
}

describe('a business calendar', () => {
  it('agrees with luxon on random instants in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(instant, { maxLength: 20 }), (zone, instants) => {
        const calendar = createBusinessCalendar(zone);
        for (const ms of instants) {
          const expected = luxonDay(ms, zone);
          expect(calendar.dayOf(ms), `${zone} ${ms}`).toBe(expected.day);
          const start = calendar.startOf(expected.day);
          expect(calendar.dayOf(start), `${zone} start of ${expected.day}`).toBe(expected.day);
          expect(calendar.dayOf(start - 1), `${zone} before ${expected.day}`).toBeLessThan(expected.day);
          // Where a zone went back over midnight, a day begins twice: luxon gives the second time, we the first.
          expect(start).toBeLessThanOrEqual(expected.start);
          if (!beginsTwice(calendar, start)) expect(start, `${zone} start of ${expected.day}`).toBe(expected.start);
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('takes the first of the two beginnings of a day whose zone went back over midnight', () => {
    const calendar = createBusinessCalendar('America/Goose_Bay');
    const start = calendar.startOf(10_524);
    expect(start).toBe(909_284_400_000);
    expect(calendar.dayOf(start + 60_000)).toBe(10_523);
  });

  it.each([
    ['Europe/London', '2011-03-27T01:00:00Z', 'spring forward'],
    ['Europe/London', '2011-10-30T01:00:00Z', 'fall back'],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', 'a day that begins at one o’clock'],
    ['America/St_Johns', '2005-10-30T02:31:00Z', 'a minute of the next day, then an hour of the day before again'],
    ['Asia/Gaza', '2011-03-31T22:01:00Z', 'a change one minute after midnight'],
    ['Australia/Lord_Howe', '2024-04-06T15:00:00Z', 'half an hour'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 'a skipped day'],
    ['Africa/Monrovia', '1972-01-07T00:44:30Z', 'an offset with seconds'],
  ])('agrees with luxon in every minute round the change in %s at %s (%s)', (zone, change) => {
    const calendar = createBusinessCalendar(zone);
    for (let minute = -120; minute <= 120; minute++) {
      for (const ms of [Date.parse(change) + minute * 60_000 - 1, Date.parse(change) + minute * 60_000]) {
        expect(calendar.dayOf(ms), new Date(ms).toISOString()).toBe(luxonDay(ms, zone).day);
      }
    }
  });

  it('gives days that share a place in its cache their own offsets', () => {
    const calendar = createBusinessCalendar('Europe/London');
    const winter = Date.UTC(2011, 2, 1, 23, 30);
    const summer = winter + 4096 * 86_400_000;
    for (const ms of [winter, summer, winter]) {
      expect(calendar.dayOf(ms)).toBe(luxonDay(ms, 'Europe/London').day);
    }
  });

  it('starts a day that the zone skipped where the next day starts', () => {
    const calendar = createBusinessCalendar('Pacific/Apia');
    const skipped = epochDayFromIso('2011-12-30');
    expect(calendar.startOf(skipped)).toBe(calendar.startOf(skipped + 1));
    expect(calendar.dayOf(calendar.startOf(skipped))).toBe(skipped + 1);
    expect(calendar.dayOf(calendar.startOf(skipped) - 1)).toBe(skipped - 1);
  });

  it('writes a day as an ISO date', () => {
    expect(createBusinessCalendar('Asia/Shanghai').isoDate(epochDayFromIso('2024-02-29'))).toBe('2024-02-29');
  });

  it('refuses a zone that is none and says what to write instead', () => {
    expect(() => createBusinessCalendar('Mars/Olympus')).toThrow(EngineError);
    expect(() => createBusinessCalendar('Mars/Olympus')).toThrow(/Mars\/Olympus.*Europe\/London/);
  });
});
