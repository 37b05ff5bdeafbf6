import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOffsetTracker } from '../../../services/platform/kafka/offset-tracker.ts';
import { runs } from '../../support/property-runs.ts';

const range = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 12 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe('the offset tracker', () => {
  it('is always at the first offset that no finished range holds', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(range, { maxLength: 30 }), (start, ranges) => {
        const tracker = createOffsetTracker(start);
        const done = new Set<number>();
        for (const { from, to } of ranges) {
          tracker.finish(from, to);
          for (let offset = from; offset < to; offset++) done.add(offset);
          let expected = start;
          while (done.has(expected)) expected++;
          expect(tracker.next()).toBe(expected);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
