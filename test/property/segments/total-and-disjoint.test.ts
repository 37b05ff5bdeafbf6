import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerFacts } from '../../../services/core/segments/customer-facts.ts';
import { nameHash } from '../../../services/core/segments/name-hash.ts';
import type { Bound, Comparison, Condition } from '../../../services/core/segments/segments-document.ts';
import { runs } from '../../support/property-runs.ts';
import { factsOf, fullNames, shippedPlan, testCutoffs } from '../../support/segment-plans.ts';

const activation = { activationId: 'ab'.repeat(16), tierCutoffs: testCutoffs };
const segmenter = shippedPlan.segmenterFor('demo', activation);
const { document, measures, names } = shippedPlan;

const number = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 400 }),
  fc.double({ min: 0, max: 20_000, noNaN: true }),
  fc.constantFrom(60, 61, 180, 181, 365, 1000, 900, 1100, Number.NaN),
);
const prediction = fc.record({
  churn: fc.record({ p90: fc.double({ min: 0, max: 1, noNaN: true }) }),
  expectedSpend: fc.record({ mean: fc.double({ min: 0, max: 5_000, noNaN: true }) }),
  expectedPurchases: fc.double({ min: 0, max: 90, noNaN: true }),
});
const facts: fc.Arbitrary<CustomerFacts> = fc
  .tuple(fc.array(number, { minLength: fullNames.length, maxLength: fullNames.length }), number, prediction)
  .map(([values, gapMedian, predicted]) => ({
    features: consistent(Float64Array.from(values)),
    at: 0,
    gapMedian,
    prediction: predicted,
    lifetimeValue: predicted.expectedSpend.mean * 5,
  }));

/** What the definitions of the features promise of each other: silence is counted from a purchase. */
function consistent(features: Float64Array): Float64Array {
  const place = (name: string): number => fullNames.indexOf(name);
  const bought = Math.floor(features[place('purchase_days')] || 0);
  features[place('purchase_days')] = bought;
  const recency = features[place('recency_days')];
  features[place('recency_days')] = bought === 0 ? Number.NaN : Math.max(1, Math.floor(recency) || 1);
  features[place('purchase_days_365')] = Math.min(bought, Math.floor(features[place('purchase_days_365')] || 0));
  return features;
}

/** What the file says, read anew for each customer: no compiled tests, no order of evaluation, no memory. */
function holds(condition: Condition, values: Float64Array, valueOf: (name: string) => number): boolean {
  if ('all' in condition) return condition.all.every((each) => holds(each, values, valueOf));
  if ('any' in condition) return condition.any.some((each) => holds(each, values, valueOf));
  const value = values[measures.indexOf(condition.measure)];
  if (condition.known !== undefined) return condition.known === !Number.isNaN(value);
  return compare(condition, value, (bound) => {
    const plain = (each: number | string): number => (typeof each === 'number' ? each : valueOf(each));
    if (typeof bound !== 'object') return plain(bound);
    const multiple = plain(bound.times) * values[measures.indexOf(bound.of)];
    return Number.isNaN(multiple) ? plain(bound.floor) : Math.max(multiple, plain(bound.floor));
  });
}

function compare(comparison: Comparison, value: number, boundOf: (bound: Bound) => number): boolean {
  if (comparison.at_least !== undefined) return value >= boundOf(comparison.at_least);
  if (comparison.more_than !== undefined) return value > boundOf(comparison.more_than);
  if (comparison.at_most !== undefined) return value <= boundOf(comparison.at_most);
  return value < boundOf(comparison.below ?? Number.NaN);
}

describe('the tiers of every scheme', () => {
  it('are total and disjoint, and those that the file says, on random vectors', () => {
    const values = new Float64Array(measures.names.length);
    fc.assert(
      fc.property(facts, (customer) => {
        measures.write(customer, values);
        const places = segmenter.placesOf(customer, null);
        for (const [name, scheme] of Object.entries(document.schemes)) {
          if (scheme.mode === 'rfm') continue;
          const valueOf = (value: string): number =>
            testCutoffs.find((each) => each.scheme === name && each.tier === value)?.cutoff ??
            (scheme.mode === 'criteria' ? scheme.cutoffs[value]?.initial : undefined) ??
            document.parameters[value] ??
            Number.NaN;
          const own = scheme.tiers.map((tier): boolean => {
            const when: Condition | undefined =
              'by' in tier && tier.by !== undefined
                ? { measure: tier.by, at_least: tier.name }
                : 'when' in tier
                  ? tier.when
                  : undefined;
            return when === undefined || holds(when, values, valueOf);
          });
          const members = scheme.tiers.filter((_, i) => own[i] && !own.slice(0, i).includes(true));
          expect(members).toHaveLength(1);
          expect(places[names.indexOf(name)], name).toBe(members[0].name);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('put every customer with or without a history into exactly one place of each scheme and machine that applies', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 6 }), (history) => {
        let memory = null;
        for (const customer of history) {
          const places = segmenter.placesOf(customer, memory);
          memory = segmenter.assign(customer, memory).memory;
          places.forEach((place, i) => {
            if (names[i] !== 'deal3') expect(place, names[i]).not.toBeNull();
          });
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('stay as they are when asked again: no scheme and no machine moves by itself', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 6 }), (history) => {
        let memory = null;
        for (const customer of history) {
          memory = segmenter.assign(customer, memory).memory;
          const again = segmenter.assign(customer, memory);
          expect(again.changes).toEqual([]);
          expect(again.memory).toBe(memory);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('tell a change exactly where a place differs from the one before', () => {
    fc.assert(
      fc.property(facts, facts, (first, second) => {
        const { memory } = segmenter.assign(first, null);
        const before = segmenter.placesOf(first, null);
        const { changes } = segmenter.assign(second, memory);
        const after = segmenter.placesOf(second, memory);
        const expected = names.flatMap((scheme, i) =>
          before[i] === after[i] || scheme === 'rfm' ? [] : [{ scheme, old: before[i], new: after[i] }],
        );
        expect(changes.map(({ scheme, old, new: now }) => ({ scheme, old, new: now }))).toEqual(expected);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('a customer at a cut-off', () => {
  it('keeps the tier while the measure stays within the hysteresis, however it wavers', () => {
    const wavering = fc.array(fc.double({ min: 901, max: 1099, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(wavering, (spends) => {
        const at = (spend: number) =>
          factsOf({ purchase_days: 9, purchase_days_365: 9, recency_days: 3, spend_365: spend, spend });
        let { memory } = segmenter.assign(at(1100), null);
        for (const spend of spends) {
          const next = segmenter.assign(at(spend), memory);
          expect(next.changes.filter(({ scheme }) => scheme === 'retail5')).toEqual([]);
          memory = next.memory;
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('names in the stored state', () => {
  it('have hashes of their own', () => {
    const all = [...Object.entries(document.schemes), ...Object.entries(document.machines)].flatMap(([name, rule]) =>
      ('tiers' in rule ? rule.tiers : 'stages' in rule ? rule.stages : []).map((place) => `${name}/${place.name}`),
    );
    expect(new Set(all.map(nameHash)).size).toBe(all.length);
  });
});
