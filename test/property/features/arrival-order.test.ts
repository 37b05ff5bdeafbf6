import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { closeDay } from '../../../services/core/features/close-day.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { arbitraryRecord, liveHistory, newestEventAt } from '../../support/arbitraries.ts';
import { applyAll, foldHistory, orderFreeBytes, testContext, vectorOf } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

const importedHistory = fc.array(arbitraryRecord({ oldestDays: 4_000, historical: fc.constant(true) }), {
  maxLength: 40,
});

function inAnyOrder(history: fc.Arbitrary<CustomerRecord[]>) {
  return history.chain((records) =>
    fc.tuple(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
    ),
  );
}

const newestDay = testContext.calendar.dayOf(newestEventAt);

/** Closes days in the midst of the records; `closings[i]` is closed before record `i` of the arrival order. */
function foldAround(records: readonly CustomerRecord[], closings: readonly (number | null)[]) {
  const state = emptyState();
  records.forEach((record, index) => {
    const day = closings[index % Math.max(1, closings.length)];
    if (day !== null && day !== undefined) closeDay(state, day);
    applyAll(state, [record], index);
  });
  return state;
}

describe('the order of arrival', () => {
  it('changes neither state nor vector while live events are inside the horizon', () => {
    fc.assert(
      fc.property(inAnyOrder(liveHistory), ([records, shuffled]) => {
        const [first, second] = [foldHistory(records), foldHistory(shuffled)];
        expect(orderFreeBytes(second)).toEqual(orderFreeBytes(first));
        expect(vectorOf(second)).toEqual(vectorOf(first));
      }),
      { numRuns: runs(300) },
    );
  });

  it('changes nothing for imported events of any age', () => {
    fc.assert(
      fc.property(inAnyOrder(importedHistory), ([records, shuffled]) => {
        const [first, second] = [foldHistory(records), foldHistory(shuffled)];
        expect(orderFreeBytes(second)).toEqual(orderFreeBytes(first));
        expect(vectorOf(second)).toEqual(vectorOf(first));
      }),
      { numRuns: runs(300) },
    );
  });

  it('changes nothing round days that are closed at fixed places', () => {
    const closing = fc.option(fc.integer({ min: newestDay - 300, max: newestDay + 2 }), { freq: 2 });
    fc.assert(
      fc.property(inAnyOrder(liveHistory), fc.array(closing, { maxLength: 10 }), ([records, shuffled], closings) => {
        const [first, second] = [foldAround(records, closings), foldAround(shuffled, closings)];
        expect(orderFreeBytes(second)).toEqual(orderFreeBytes(first));
        expect(vectorOf(second)).toEqual(vectorOf(first));
      }),
      { numRuns: runs(300) },
    );
  });
});
