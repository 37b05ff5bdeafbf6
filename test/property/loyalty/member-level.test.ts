import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberLevel, type MemberLevelRules, type SpendDay } from '../../../services/core/loyalty/member-level.ts';
import { runs } from '../../support/property-runs.ts';

const rules: MemberLevelRules = {
  levels: [
    { level: 'silver', fromSpend: 0 },
    { level: 'gold', fromSpend: 100 },
    { level: 'platinum', fromSpend: 250 },
  ],
  windowDays: 30,
  graceDays: 10,
};

const history: fc.Arbitrary<SpendDay[]> = fc
  .uniqueArray(fc.record({ day: fc.nat(100), net: fc.integer({ min: -80, max: 150 }) }), {
    selector: ({ day }) => day,
    maxLength: 20,
  })
  .map((days) => days.toSorted((a, b) => a.day - b.day));

/** Walks over every day of the grace period. */
function naiveLevel(days: readonly SpendDay[], asOf: number): string {
  let best = 0;
  for (let moment = asOf - rules.graceDays; moment <= asOf; moment += 1) {
    const counted = days.filter(({ day }) => day < moment && day >= moment - rules.windowDays);
    const spend = counted.reduce((sum, { net }) => sum + net, 0);
    for (const [rank, { fromSpend }] of rules.levels.entries()) if (spend >= fromSpend) best = Math.max(best, rank);
  }
  return rules.levels[best]?.level ?? '';
}

describe('the level of a member', () => {
  it('is the highest one reached within the grace period', () => {
    fc.assert(
      fc.property(history, fc.nat(160), (days, asOf) => {
        expect(memberLevel(days, asOf, rules)).toBe(naiveLevel(days, asOf));
      }),
      { numRuns: runs(500) },
    );
  });

  it('rises the day after the purchase and falls when window and grace have passed', () => {
    const days = [{ day: 10, net: 120 }];
    expect(memberLevel(days, 10, rules)).toBe('silver');
    expect(memberLevel(days, 11, rules)).toBe('gold');
    expect(memberLevel(days, 10 + 30 + 10, rules)).toBe('gold');
    expect(memberLevel(days, 10 + 30 + 11, rules)).toBe('silver');
  });
});
