import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancePoints } from '../../../services/core/loyalty/balance-points.ts';
import { bookPoints, type PointsBooking, type PointsLedger } from '../../../services/core/loyalty/points-ledger.ts';
import { runs } from '../../support/property-runs.ts';

const booking: fc.Arbitrary<PointsBooking> = fc.oneof(
  fc.record({ kind: fc.constantFrom('earn', 'spend'), day: fc.nat(60), points: fc.nat(50) }),
  fc.record({ kind: fc.constant('correct' as const), day: fc.nat(60), points: fc.integer({ min: -50, max: 50 }) }),
);
const bookings = fc.array(booking, { maxLength: 40 });
const expiry = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });

function book(all: readonly PointsBooking[]): PointsLedger {
  return all.reduce<PointsLedger>(bookPoints, []);
}

/** One point at a time: each is born on a day, dies on another, is used by at most one spending. */
function naiveBalance(all: readonly PointsBooking[], asOf: number, expiresAfterDays: number | null): number {
  let points: number[] = [];
  let owed = 0;
  for (let day = 0; day <= asOf; day += 1) {
    points = points.filter((born) => expiresAfterDays === null || born + expiresAfterDays > day);
    if (day === asOf) break;
    const today = all.filter((each) => each.day === day);
    const corrected = sum(today.filter(({ kind }) => kind === 'correct'));
    const gained = sum(today.filter(({ kind }) => kind === 'earn')) + Math.max(0, corrected);
    const used = sum(today.filter(({ kind }) => kind === 'spend')) + Math.max(0, -corrected);
    for (let i = 0; i < gained; i += 1) {
      if (owed > 0) owed -= 1;
      else points.push(day);
    }
    for (let i = 0; i < used; i += 1) if (points.shift() === undefined) owed += 1;
  }
  return points.length - owed;
}

function sum(all: readonly PointsBooking[]): number {
  return all.reduce((total, { points }) => total + points, 0);
}

describe('the points of a member', () => {
  it('do not depend on the order of bookings', () => {
    fc.assert(
      fc.property(
        bookings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(book(shuffled)).toEqual(book(all));
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('balance: earned and corrected are what was spent, expired and is left', () => {
    fc.assert(
      fc.property(bookings, fc.nat(120), expiry, (all, asOf, expiresAfterDays) => {
        const result = balancePoints(book(all), { asOf, expiresAfterDays });
        expect(result.earned + result.corrected - result.spent - result.expired).toBe(result.balance);
        const left = result.left.reduce((total, { points }) => total + points, 0);
        expect(left).toBe(Math.max(0, result.balance));
      }),
      { numRuns: runs(300) },
    );
  });

  it('are what counting single points gives', () => {
    fc.assert(
      fc.property(bookings, fc.nat(120), expiry, (all, asOf, expiresAfterDays) => {
        const { balance } = balancePoints(book(all), { asOf, expiresAfterDays });
        expect(balance).toBe(naiveBalance(all, asOf, expiresAfterDays));
      }),
      { numRuns: runs(300) },
    );
  });

  it('refuse parts of points and negative earnings', () => {
    expect(() => bookPoints([], { kind: 'earn', day: 1, points: 0.5 })).toThrow(RangeError);
    expect(() => bookPoints([], { kind: 'spend', day: 1, points: -1 })).toThrow(RangeError);
    expect(bookPoints([], { kind: 'correct', day: 1, points: -1 })).toHaveLength(1);
  });
});
