import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { arbitraryRecord } from '../../support/arbitraries.ts';
import { applyAll, foldHistory } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

const longHistory = fc.array(arbitraryRecord({ oldestDays: 2_000, historical: fc.boolean() }), {
  minLength: 1,
  maxLength: 120,
});

describe('redelivery', () => {
  it('of any run of records, any number of times, counts each record once', () => {
    const deliveries = fc.array(fc.record({ back: fc.nat({ max: 130 }), forward: fc.nat({ max: 40 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(longHistory, deliveries, (records, runsOfRecords) => {
        const state = emptyState();
        let next = 0;
        for (const { back, forward } of [...runsOfRecords, { back: 0, forward: records.length }]) {
          const start = Math.max(0, next - back);
          const end = Math.min(records.length, next + forward);
          const results = applyAll(state, records.slice(start, end), start);
          const again = results.slice(0, next - start).map(({ result }) => result);
          expect(again.every((result) => result === 'already-applied' || result === 'not-read')).toBe(true);
          next = end;
        }
        const once = foldHistory(records);
        expect(encodeState(state)).toEqual(encodeState(once));
        expect(state.version).toBe(once.version);
      }),
      { numRuns: runs(150) },
    );
  });

  it('in batches cut anywhere, with the state packed and unpacked between them, changes nothing', () => {
    const cuts = fc.array(fc.nat({ max: 120 }), { maxLength: 20 });
    fc.assert(
      fc.property(longHistory, cuts, (records, places) => {
        const borders = [0, ...places.filter((place) => place < records.length).sort((a, b) => a - b), records.length];
        let state = emptyState();
        for (let index = 1; index < borders.length; index++) {
          applyAll(state, records.slice(borders[index - 1], borders[index]), borders[index - 1]);
          state = decodeState(encodeState(state), state.version);
        }
        const once = foldHistory(records);
        expect(state).toEqual(once);
        expect(encodeState(state)).toEqual(encodeState(once));
      }),
      { numRuns: runs(150) },
    );
  });
});
