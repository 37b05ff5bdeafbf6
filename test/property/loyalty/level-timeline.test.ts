import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLevelTimeline } from '../../../services/core/loyalty/level-timeline.ts';
import { memberLevel } from '../../../services/core/loyalty/member-level.ts';
import { runs } from '../../support/property-runs.ts';

const rules = {
  levels: [
    { level: 'silver', fromSpend: 0 },
    { level: 'gold', fromSpend: 100 },
    { level: 'platinum', fromSpend: 250 },
  ],
  windowDays: 30,
  graceDays: 10,
};
const history = fc
  .uniqueArray(fc.record({ day: fc.nat(80), net: fc.integer({ min: -120, max: 200 }) }), {
    selector: ({ day }) => day,
    maxLength: 15,
  })
  .map((days) => days.toSorted((a, b) => a.day - b.day));

describe('the level in the course of a day', () => {
  it('is the higher one of its beginning and its end', () => {
    fc.assert(
      fc.property(history, fc.nat(140), (days, day) => {
        const ranks = [day, day + 1].map((asOf) =>
          rules.levels.findIndex(({ level }) => level === memberLevel(days, asOf, rules)),
        );
        expect(createLevelTimeline(days, rules).rankOn(day)).toBe(Math.max(...ranks));
      }),
      { numRuns: runs(500) },
    );
  });

  it('changes on the first later day with another level', () => {
    fc.assert(
      fc.property(history, fc.nat(140), (days, day) => {
        const timeline = createLevelTimeline(days, rules);
        const later = Array.from({ length: 200 }, (_, i) => day + 1 + i);
        const naive = later.find((each) => timeline.rankOn(each) !== timeline.rankOn(day)) ?? null;
        expect(timeline.nextChange(day)).toBe(naive);
      }),
      { numRuns: runs(500) },
    );
  });
});
