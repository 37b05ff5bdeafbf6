import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapMedian } from '../../../../services/core/segments/gap-median.ts';
import { runs } from '../../../support/property-runs.ts';

describe('the median gap', () => {
  it('is undefined below two purchase days', () => {
    expect(gapMedian([])).toBeNaN();
    expect(gapMedian([7])).toBeNaN();
  });

  it('equals that of the sorted gaps, for few and for many', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 10_000, max: 20_000 }), (drawn, first) => {
        const days = drawn.reduce((all, gap) => [...all, all[all.length - 1] + gap], [first]);
        const sorted = [...drawn].sort((a, b) => a - b);
        const middle = sorted.length / 2;
        const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
        expect(gapMedian(days)).toBe(sorted.length % 2 === 0 ? median : sorted[Math.floor(middle)]);
      }),
      { numRuns: runs(200) },
    );
  });
});
