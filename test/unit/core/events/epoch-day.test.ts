import { describe, expect, it } from 'vitest';
import { epochDayFromIso, isoFromEpochDay } from '../../../../services/core/events/epoch-day.ts';

describe('an epoch day', () => {
  it('counts from 1970-01-01', () => {
    expect(epochDayFromIso('1970-01-01')).toBe(0);
    expect(epochDayFromIso('1969-12-31')).toBe(-1);
    expect(epochDayFromIso('2011-09-10')).toBe(15_227);
  });

  it('goes to ISO and back', () => {
    for (let day = -800; day < 40_000; day += 13) expect(epochDayFromIso(isoFromEpochDay(day))).toBe(day);
  });

  it.each(['2011-02-29', '2011-13-01', '2011-00-10', '2011-9-1', '11-09-10', '2011-09-10T00:00', '', 'today'])(
    'is not read from "%s"',
    (text) => {
      expect(() => epochDayFromIso(text)).toThrow(/YYYY-MM-DD/);
    },
  );
});
