import { describe, expect, it } from 'vitest';
import { epochDayFromIso } from '../../../../services/core/events/epoch-day.ts';
import { applyRecord } from '../../../../services/core/features/apply-record.ts';
import { closeDay } from '../../../../services/core/features/close-day.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../../services/core/features/encode-state.ts';
import { featureIndex } from '../../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../../services/core/features/own-block.ts';
import { recentRingSize } from '../../../../services/core/features/recent-ring.ts';
import { aRecord } from '../../../support/builders.ts';
import { applyAll, foldHistory, orderFreeBytes, testContext, vectorOf } from '../../../support/fold-history.ts';

const dayMs = 86_400_000;
const today = epochDayFromIso('2026-01-15');

/** An order at noon so many days before 2026-01-15. */
function orderDaysAgo(days: number, overrides: Parameters<typeof aRecord>[0] = {}) {
  return aRecord({ occurredAt: (today - days) * dayMs + dayMs / 2, ...overrides });
}

describe('applying an event', () => {
  it('folds an order, moves the mark, counts the version and asks for a score', () => {
    const state = emptyState();
    const at = { epoch: 1, partition: 7, offset: 41 };
    expect(applyRecord(state, orderDaysAgo(0), at, testContext)).toEqual({
      result: 'applied',
      late: false,
      scored: true,
    });
    expect(state.version).toBe(1);
    const block = ownBlock(state);
    expect(block).toMatchObject({ marks: [at], asOf: today + 1, features: { firstDay: today, purchaseDays: [today] } });
    expect(block.features.tiles).toEqual([
      { day: today, purchases: 1, spendMinor: 1000, cancellations: 0, cancelledMinor: 0 },
    ]);
  });

  it('at or below the mark changes nothing', () => {
    const state = foldHistory([orderDaysAgo(2), orderDaysAgo(1)]);
    const before = encodeState(state);
    expect(applyAll(state, [orderDaysAgo(0)], 1)).toEqual([{ result: 'already-applied', late: false, scored: false }]);
    expect(encodeState(state)).toEqual(before);
    expect(state.version).toBe(2);
  });

  it('that no feature reads changes nothing, not even the mark', () => {
    const state = foldHistory([orderDaysAgo(2)]);
    const before = encodeState(state);
    expect(applyAll(state, [orderDaysAgo(0, { type: 'page.viewed' })], 1)).toEqual([
      { result: 'not-read', late: false, scored: false },
    ]);
    expect(encodeState(state)).toEqual(before);
    expect(state.version).toBe(1);
  });

  it('with a source and id seen before moves only mark and version', () => {
    const record = orderDaysAgo(3);
    const state = foldHistory([record]);
    const before = orderFreeBytes(state);
    expect(applyAll(state, [record], 1)).toEqual([{ result: 'duplicate', late: false, scored: false }]);
    expect(orderFreeBytes(state)).toEqual(before);
    expect(state.version).toBe(2);
    expect(ownBlock(state).marks).toEqual([{ epoch: 1, partition: 0, offset: 1 }]);
  });

  it('with the same id from another source is another event', () => {
    const record = orderDaysAgo(3);
    const state = foldHistory([record, { ...record, source: 'till' }]);
    expect(ownBlock(state).features.lifetimePurchases).toBe(2);
  });

  it('is recognised as a duplicate up to the ring size behind its original, not beyond', () => {
    const record = orderDaysAgo(0);
    const between = Array.from({ length: recentRingSize }, () => orderDaysAgo(0));
    const near = emptyState();
    expect(applyAll(near, [record, ...between.slice(1), record]).at(-1)?.result).toBe('duplicate');
    const far = emptyState();
    expect(applyAll(far, [record, ...between, record]).at(-1)?.result).toBe('applied');
  });

  it('of the same day is not late; of an earlier day it is, and is scored', () => {
    const state = foldHistory([orderDaysAgo(3)]);
    expect(applyAll(state, [orderDaysAgo(3), orderDaysAgo(4)], 1)).toEqual([
      { result: 'applied', late: false, scored: true },
      { result: 'applied', late: true, scored: true },
    ]);
    expect(ownBlock(state).asOf).toBe(today - 2);
    expect(ownBlock(state).features.purchaseDays).toEqual([today - 4, today - 3]);
  });

  it('live and 455 days before asOf is too late and changes only mark and version; a day younger is folded', () => {
    const state = foldHistory([orderDaysAgo(0)]);
    const before = orderFreeBytes(state);
    const ring = [...ownBlock(state).ring];
    expect(applyAll(state, [orderDaysAgo(454)], 1)).toEqual([{ result: 'too-late', late: true, scored: false }]);
    expect(orderFreeBytes(state)).toEqual(before);
    expect(ownBlock(state).ring).toEqual(ring);
    expect(state.version).toBe(2);
    expect(applyAll(state, [orderDaysAgo(453)], 2)).toEqual([{ result: 'applied', late: true, scored: true }]);
    expect(ownBlock(state).features.tiles.map((tile) => tile.day)).toEqual([today - 453, today]);
  });

  it('imported and beyond the horizon changes lifetime parts only and gives no score', () => {
    const state = foldHistory([orderDaysAgo(0)]);
    const imported = orderDaysAgo(900, { historical: true });
    const returned = orderDaysAgo(901, { historical: true, type: 'order.returned', reportingAmountMinor: -300 });
    expect(applyAll(state, [imported, returned, imported], 1).map(({ result, scored }) => [result, scored])).toEqual([
      ['applied', false],
      ['applied', false],
      ['duplicate', false],
    ]);
    expect(ownBlock(state).features).toEqual({
      revision: 2,
      tiles: [{ day: today, purchases: 1, spendMinor: 1000, cancellations: 0, cancelledMinor: 0 }],
      purchaseDays: [today - 900, today],
      lifetimePurchases: 2,
      lifetimeSpendMinor: 2000,
      lifetimeCancellations: 1,
      lifetimeCancelledMinor: 300,
      firstDay: today - 901,
      signalTiles: [],
      signalTotals: [],
      contractEnds: [],
    });
  });

  it('drops tiles that fall out of the horizon and keeps their purchase days', () => {
    const state = foldHistory([orderDaysAgo(454), orderDaysAgo(453), orderDaysAgo(0)]);
    expect(ownBlock(state).features.tiles.map((tile) => tile.day)).toEqual([today - 453, today]);
    expect(ownBlock(state).features.purchaseDays).toEqual([today - 454, today - 453, today]);
  });

  it('from a clock that runs ahead counts on the day it was received', () => {
    const noon = today * dayMs + dayMs / 2;
    const state = foldHistory([aRecord({ occurredAt: noon + 30 * dayMs, receivedAt: noon })]);
    expect(ownBlock(state).features.purchaseDays).toEqual([today]);
    expect(ownBlock(state).asOf).toBe(today + 1);
  });

  it('belongs to the business day of the tenant’s zone', () => {
    const justBeforeMidnightUtc = Date.UTC(2026, 5, 30, 23, 30); // 00:30 on 1 July in London
    const state = foldHistory([aRecord({ occurredAt: justBeforeMidnightUtc })]);
    expect(ownBlock(state).features.firstDay).toBe(epochDayFromIso('2026-07-01'));
  });

  it('from before 1970 counts on 1970-01-01', () => {
    const state = foldHistory([aRecord({ occurredAt: -5 * dayMs, historical: true })]);
    expect(ownBlock(state)).toMatchObject({ asOf: 1, features: { firstDay: 0 } });
  });

  it('of an erased or withheld customer moves only mark and version', () => {
    for (const flag of ['erased', 'withheld'] as const) {
      const state = foldHistory([orderDaysAgo(3)]);
      state[flag] = true;
      const before = orderFreeBytes(state);
      expect(applyAll(state, [orderDaysAgo(0)], 1)).toEqual([{ result: 'withheld', late: false, scored: false }]);
      expect(orderFreeBytes(state)).toEqual(before);
      expect(state.version).toBe(2);
    }
  });

  it('of a new epoch is applied whatever the old mark; of an old epoch it was applied before', () => {
    const state = emptyState();
    applyRecord(state, orderDaysAgo(5), { epoch: 1, partition: 0, offset: 900 }, testContext);
    const restarted = { epoch: 2, partition: 3, offset: 0 };
    expect(applyRecord(state, orderDaysAgo(4), restarted, testContext).result).toBe('applied');
    expect(ownBlock(state).marks).toEqual([restarted]);
    const zombie = { epoch: 1, partition: 0, offset: 901 };
    expect(applyRecord(state, orderDaysAgo(3), zombie, testContext).result).toBe('already-applied');
    expect(state.version).toBe(2);
  });

  it('is refused as a fault when the record is no event', () => {
    const record = aRecord({ kind: 'identity-linked' });
    expect(() => applyAll(emptyState(), [record])).toThrow(/identity-linked/);
  });

  it('keeps absurd sums exact by stopping at the largest safe integer, in any order', () => {
    const huge = orderDaysAgo(1, { reportingAmountMinor: Number.MAX_SAFE_INTEGER });
    const small = orderDaysAgo(1, { reportingAmountMinor: 7 });
    for (const records of [
      [huge, small],
      [small, huge],
    ]) {
      expect(ownBlock(foldHistory(records)).features.lifetimeSpendMinor).toBe(Number.MAX_SAFE_INTEGER);
    }
  });
});

describe('closing a day', () => {
  it('moves asOf past the day, prunes, and lets recency grow', () => {
    const state = foldHistory([orderDaysAgo(454), orderDaysAgo(10)]);
    expect(closeDay(state, today)).toBe(true);
    expect(ownBlock(state).asOf).toBe(today + 1);
    expect(ownBlock(state).features.tiles.map((tile) => tile.day)).toEqual([today - 10]);
    expect(vectorOf(state)[featureIndex('recency_days')!]).toBe(11);
  });

  it('a second time, or an earlier day, changes nothing', () => {
    const state = foldHistory([orderDaysAgo(10)]);
    closeDay(state, today);
    const before = encodeState(state);
    expect(closeDay(state, today)).toBe(false);
    expect(closeDay(state, today - 1)).toBe(false);
    expect(encodeState(state)).toEqual(before);
    expect(state.version).toBe(2);
  });

  it('that lies before asOf leaves the features alone', () => {
    const state = foldHistory([orderDaysAgo(0)]);
    const features = structuredClone(ownBlock(state));
    closeDay(state, today - 1);
    expect(ownBlock(state)).toEqual(features);
    expect(state.closedDay).toBe(today - 1);
  });

  it('ends in the same version and bytes when days are applied together with a later one', () => {
    const [each, together] = [foldHistory([orderDaysAgo(10)]), foldHistory([orderDaysAgo(10)])];
    for (const state of [each, together]) closeDay(state, today - 8);
    for (const day of [today - 7, today - 6, today - 3]) closeDay(each, day);
    closeDay(together, today - 3);
    expect(together).toEqual({ ...each, blocks: [{ ...ownBlock(each), ring: ownBlock(together).ring }] });
    expect(together.version).toBe(each.version);
  });

  it('makes an event of that day late, and counts no version before the first record', () => {
    const state = emptyState();
    closeDay(state, today - 1);
    closeDay(state, today);
    expect(state.version).toBe(0);
    expect(applyAll(state, [orderDaysAgo(0), orderDaysAgo(1), orderDaysAgo(-1)])).toEqual([
      { result: 'applied', late: true, scored: true },
      { result: 'applied', late: true, scored: true },
      { result: 'applied', late: false, scored: true },
    ]);
    expect(state.version).toBe(3);
  });

  it('does nothing to an erased customer', () => {
    const state = foldHistory([orderDaysAgo(1)]);
    state.erased = true;
    expect(closeDay(state, today)).toBe(false);
  });
});
