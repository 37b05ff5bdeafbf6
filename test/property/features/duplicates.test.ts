import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { featureReading } from '../../../services/core/features/reads-features.ts';
import { recentRingSize } from '../../../services/core/features/recent-ring.ts';
import { arbitraryRecord, insideHorizonDays } from '../../support/arbitraries.ts';
import { applyAll, foldHistory, orderFreeBytes, vectorOf } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

const longHistory = fc.array(
  arbitraryRecord({ oldestDays: insideHorizonDays, historical: fc.constant(false) }),
  { minLength: 1, maxLength: 150 }, // well beyond the ring
);

interface Repeat {
  readonly of: number;
  readonly after: number;
}

/** Puts copies of records at most `recentRingSize` places behind their originals. */
function withRepeats(records: readonly CustomerRecord[], repeats: readonly Repeat[]): CustomerRecord[] {
  const behind = records.map((record) => [record]);
  for (const { of, after } of repeats) {
    const original = of % records.length;
    behind[Math.min(records.length - 1, original + (after % recentRingSize))].push(records[original]);
  }
  return behind.flat();
}

describe('duplicates at most the ring size apart', () => {
  it('change neither features nor vector, and are told apart from events', () => {
    const repeats = fc.array(fc.record({ of: fc.nat(), after: fc.nat() }), { maxLength: 30 });
    fc.assert(
      fc.property(longHistory, repeats, (records, copies) => {
        const repeated = withRepeats(records, copies);
        const state = emptyState();
        const results = applyAll(state, repeated);
        const once = foldHistory(records);
        expect(orderFreeBytes(state)).toEqual(orderFreeBytes(once));
        expect(vectorOf(state)).toEqual(vectorOf(once));
        const read = records.filter((record) => featureReading(record) !== null).length;
        expect(results.filter(({ result }) => result === 'applied')).toHaveLength(read);
        expect(results.filter(({ scored }) => scored)).toHaveLength(read);
        const moved = results.filter(({ result }) => result === 'applied' || result === 'duplicate').length;
        expect(state.version).toBe(moved);
      }),
      { numRuns: runs(100) },
    );
  });
});
