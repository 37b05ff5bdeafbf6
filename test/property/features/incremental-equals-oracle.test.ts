import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { mixedHistory } from '../../support/arbitraries.ts';
import { foldHistory, testTimezone, vectorOf } from '../../support/fold-history.ts';
import { naiveFeatures, naiveHistory } from '../../support/naive-features.ts';
import { runs } from '../../support/property-runs.ts';

describe('features folded one by one', () => {
  it('equal the features computed from the whole list, at asOf and on any later day', () => {
    fc.assert(
      fc.property(mixedHistory, fc.nat({ max: 500 }), (records, silentDays) => {
        const state = foldHistory(records);
        const history = naiveHistory(records, testTimezone);
        expect(ownBlock(state).asOf).toBe(history.asOf);
        const asOf = history.asOf + silentDays;
        const expected = naiveFeatures(history, asOf, 100);
        const vector = vectorOf(state, asOf);
        expect(Object.keys(expected).sort()).toEqual([...featureNames].sort());
        featureNames.forEach((name, index) => expectClose(name, vector[index], expected[name]));
      }),
      { numRuns: runs(300) },
    );
  });
});

function expectClose(name: string, actual: number, expected: number): void {
  const isClose = Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  expect(isClose, `${name} is ${actual}, by definition ${expected}`).toBe(true);
}
