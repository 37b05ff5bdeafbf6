import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancePoints } from '../../../services/core/loyalty/balance-points.ts';
import { foldLedger } from '../../../services/core/loyalty/fold-ledger.ts';
import { emptyLoyaltyState, keptLedgerDays, lateDays } from '../../../services/core/loyalty/loyalty-state.ts';
import { bookPoints, type PointsBooking, type PointsLedger } from '../../../services/core/loyalty/points-ledger.ts';
import { tidyLoyaltyState } from '../../../services/core/loyalty/tidy-loyalty-state.ts';
import { someLoyaltyRules } from '../../support/loyalty-rules.ts';
import { runs } from '../../support/property-runs.ts';

const booking: fc.Arbitrary<PointsBooking> = fc.oneof(
  fc.record({ kind: fc.constantFrom('earn', 'spend'), day: fc.nat(60), points: fc.nat(50) }),
  fc.record({ kind: fc.constant('correct' as const), day: fc.nat(60), points: fc.integer({ min: -50, max: 50 }) }),
);
const ledger = fc
  .array(booking, { maxLength: 40 })
  .map((all) => all.reduce<PointsLedger>((days, each) => bookPoints(days, each), []));
const expiry = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });

/** Lots of one day are told as one. */
function told({ left, ...rest }: ReturnType<typeof balancePoints>) {
  const byDay = Map.groupBy(left, ({ expiresOn }) => expiresOn);
  return { ...rest, left: [...byDay].map(([day, lots]) => [day, lots.reduce((sum, { points }) => sum + points, 0)]) };
}

describe('a ledger whose oldest days were folded into one line', () => {
  it('has the same balance on every later day, however often it is folded', () => {
    fc.assert(
      fc.property(
        ledger,
        expiry,
        fc.tuple(fc.nat(70), fc.nat(40), fc.nat(60)),
        (days, expiresAfterDays, [first, second, later]) => {
          const once = foldLedger(days, null, { day: first, expiresAfterDays });
          const day = first + second;
          const twice = foldLedger(once.ledger, once.opening, { day, expiresAfterDays });
          const moment = { asOf: day + later, expiresAfterDays };
          const folded = balancePoints(twice.ledger, { ...moment, opening: twice.opening });
          expect(told(folded)).toEqual(told(balancePoints(days, moment)));
        },
      ),
      { numRuns: runs(400) },
    );
  });
});

describe('a state of many years', () => {
  it.each([20, null])('stays small and keeps every balance (points live %s days)', (lifeDays) => {
    const points = { per_unit: 1, by_category: {}, expire_after_days: lifeDays, expiring_soon_days: 5 };
    const rules = someLoyaltyRules({ points });
    let state = emptyLoyaltyState();
    let whole: PointsLedger = [];
    for (let day = 0; day < 3 * keptLedgerDays; day += 1) {
      const change = { day, earned: 10, spent: day % 7, corrected: day % 3 === 0 ? -1 : 0 };
      whole = [...whole, change];
      state = { ...state, ledger: [...state.ledger, change], spend: [...state.spend, { day, net: 10 }] };
      state = tidyLoyaltyState(state, day, rules);
      expect(state.ledger.length).toBeLessThanOrEqual(keptLedgerDays);
      expect(state.spend.length).toBeLessThanOrEqual(rules.windowDays + rules.graceDays + lateDays + 1);
    }
    const moment = { asOf: 3 * keptLedgerDays, expiresAfterDays: lifeDays };
    expect(state.opening).not.toBeNull();
    expect(told(balancePoints(state.ledger, { ...moment, opening: state.opening }))).toEqual(
      told(balancePoints(whole, moment)),
    );
  });
});
