import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { mixedHistory, newestEventAt } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { foldHistory, testTimezone, vectorOf } from '../../support/fold-history.ts';
import { naiveFeatures, naiveHistory } from '../../support/naive-features.ts';
import { runs } from '../../support/property-runs.ts';

const dayMs = 86_400_000;

/** Many steps of few cases, and carts with and without a purchase, on six days. */
const denseHistory = fc.array(
  fc
    .record({
      daysAgo: fc.nat({ max: 5 }),
      type: fc.constantFrom(
        'case.opened', 'case.responded', 'case.resolved', 'case.closed', 'case.reopened', 'cart.updated', 'order.placed',
      ), // prettier-ignore
      caseId: fc.constantFrom('a', 'b', 'c'),
    })
    .map(({ daysAgo, type, caseId }) =>
      aRecord({
        type,
        occurredAt: newestEventAt - daysAgo * dayMs,
        attributes: [{ name: 'caseId', value: caseId }],
      }),
    ),
  { maxLength: 12 },
);

function expectOracle(records: readonly CustomerRecord[], silentDays: number): void {
  const history = naiveHistory(records, testTimezone);
  const asOf = history.asOf + silentDays;
  const expected = naiveFeatures(history, asOf, 100);
  const vector = vectorOf(foldHistory(records), asOf);
  featureNames.forEach((name, index) => expectClose(name, vector[index], expected[name]));
}

describe('features folded one by one', () => {
  it('equal the computed ones where a few days hold many steps of cases and carts', () => {
    fc.assert(fc.property(denseHistory, fc.nat({ max: 4 }), expectOracle), { numRuns: runs(1_000) });
  });

  it('equal the features computed from the whole list, at asOf and on any later day', () => {
    fc.assert(
      fc.property(mixedHistory, fc.nat({ max: 500 }), (records, silentDays) => {
        const history = naiveHistory(records, testTimezone);
        expect(ownBlock(foldHistory(records)).asOf).toBe(history.asOf);
        const expected = naiveFeatures(history, history.asOf, 100);
        expect(Object.keys(expected).sort()).toEqual([...featureNames].sort());
        expectOracle(records, silentDays);
      }),
      { numRuns: runs(300) },
    );
  });
});

function expectClose(name: string, actual: number, expected: number): void {
  const isClose = Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  expect(isClose, `${name} is ${actual}, by definition ${expected}`).toBe(true);
}
