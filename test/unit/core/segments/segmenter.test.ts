import { describe, expect, it } from 'vitest';
import type { SegmentMemory } from '../../../../services/core/segments/segment-memory.ts';
import { factsOf, planWith, shippedPlan, testCutoffs } from '../../../support/segment-plans.ts';

const activation = { activationId: 'a'.repeat(32), tierCutoffs: testCutoffs };
const segmenter = shippedPlan.segmenterFor('demo', activation);

const buyer = { purchase_days: 8, purchase_days_365: 8, recency_days: 5, spend: 900, spend_365: 900 };
const predicted = (mean: number) => ({ churn: { p90: 0.2 }, expectedSpend: { mean }, expectedPurchases: 3 });

function tierOf(facts: Record<string, number>, scheme = 'retail5', memory: SegmentMemory | null = null) {
  return segmenter.placesOf(factsOf(facts, { prediction: predicted(100) }), memory)[shippedPlan.names.indexOf(scheme)];
}

describe('the retail tiers', () => {
  it.each([
    ['who never bought', {}, 'potential'],
    ['who only ever cancelled', { cancellations: 3 }, 'potential'],
    ['who often buys much', { ...buyer, spend_365: 1000 }, 'core'],
    ['who often buys little', { ...buyer, spend_365: 20 }, 'important'],
    ['who seldom buys much', { ...buyer, purchase_days_365: 1, spend_365: 5000 }, 'important'],
    ['who seldom buys little', { ...buyer, purchase_days_365: 1, spend_365: 20 }, 'ordinary'],
    ['who fell silent, whatever was bought before', { ...buyer, spend_365: 5000, recency_days: 181 }, 'lapsed'],
  ])('put a customer %s where the file says', (_who, facts, tier) => {
    expect(tierOf(facts)).toBe(tier);
  });

  it('have the same word as another scheme without being the same tier', () => {
    const { tier } = segmenter.assign(factsOf({ ...buyer, spend_365: 20 }), null);
    expect(tier).toBe('retail5.important');
  });
});

describe('hysteresis', () => {
  const spending = (spend: number) => factsOf({ ...buyer, spend_365: spend, spend });

  it('keeps a tier down to a tenth below its cut-off and not further', () => {
    const { memory } = segmenter.assign(spending(1000), null);
    const tier = (spend: number) => segmenter.assign(spending(spend), memory).tier;
    expect(tier(900)).toBe('retail5.core');
    expect(tier(899)).toBe('retail5.important');
  });

  it('names the measure that decided', () => {
    const { memory } = segmenter.assign(spending(1000), null);
    const { changes } = segmenter.assign(spending(10), memory);
    expect(changes.find(({ scheme }) => scheme === 'retail5')).toEqual({
      kind: 'tier', scheme: 'retail5', old: 'core', new: 'important', because: 'spend_365',
    }); // prettier-ignore
  });

  it('lets time alone decide where the file gives it no slack', () => {
    const silent = factsOf({ ...buyer, recency_days: 181 });
    const { memory } = segmenter.assign(silent, null);
    expect(segmenter.assign(factsOf({ ...buyer, recency_days: 180 }), memory).tier).not.toBe('retail5.lapsed');
  });
});

describe('a model that cannot be trusted', () => {
  it('leaves the places that depend on it as they are, and moves the others', () => {
    const { memory } = segmenter.assign(
      factsOf({ ...buyer, lifetime_value: 400 }, { prediction: predicted(400) }),
      null,
    );
    const { changes, memory: kept } = segmenter.assign(factsOf({ ...buyer, recency_days: 181 }), memory);
    expect(changes.map(({ scheme }) => scheme).sort()).toEqual([
      'lifecycle4', 'lifecycle5', 'relation5', 'retail5', 'worth',
    ]); // prettier-ignore
    const places = segmenter.placesOf(factsOf(buyer), kept);
    expect(places[shippedPlan.names.indexOf('value3')]).toBe('high');
  });
});

describe('an activation', () => {
  it('leaves the schemes whose cut-offs it does not bring without tiers, and takes them up when it does', () => {
    const bare = shippedPlan.segmenterFor('demo', { activationId: 'b'.repeat(32), tierCutoffs: [] });
    const customer = factsOf({ ...buyer, lifetime_value: 400 }, { prediction: predicted(400) });
    const first = bare.assign(customer, null);
    expect(first.changes.map(({ scheme }) => scheme)).not.toContain('value3');
    const second = segmenter.assign(customer, first.memory);
    expect(second.isNewActivation).toBe(true);
    expect(second.changes).toContainEqual({
      kind: 'tier', scheme: 'value3', old: null, new: 'high', because: 'lifetime_value',
    }); // prettier-ignore
    expect(segmenter.assign(customer, second.memory).isNewActivation).toBe(false);
  });

  it("prefers a tenant's own cut-offs to those of all", () => {
    const own = [...testCutoffs, { scheme: 'demo/retail5', tier: 'much', cutoff: 100_000 }];
    const plan = planWith({});
    const rich = factsOf({ ...buyer, spend_365: 5_000 });
    const at = { activationId: 'c'.repeat(32), tierCutoffs: own };
    expect(plan.segmenterFor('demo', at).assign(rich, null).tier).toBe('retail5.important');
    expect(plan.segmenterFor('other', at).assign(rich, null).tier).toBe('retail5.core');
  });
});

describe('what is kept of a customer', () => {
  it('survives a configuration whose schemes stand in another order, and forgets what is gone', () => {
    const { memory } = segmenter.assign(factsOf({ ...buyer, spend_365: 1000 }), null);
    const { schemes } = shippedPlan.document;
    const turned = planWith({ schemes: Object.fromEntries(Object.entries(schemes).reverse()) });
    const same = turned.segmenterFor('demo', activation);
    expect(same.assign(factsOf({ ...buyer, spend_365: 901 }), memory).tier).toBe('retail5.core');
    const { vip3a: _, ...fewer } = schemes;
    const less = planWith({ schemes: fewer }).segmenterFor('demo', activation);
    expect(less.assign(factsOf({ ...buyer, spend_365: 1000 }), memory).changes).toEqual([]);
  });

  it('takes a few bytes', () => {
    const { memory } = segmenter.assign(factsOf(buyer, { prediction: predicted(1) }), null);
    expect(memory?.length).toBe(4 + 4 * (shippedPlan.names.length - 1));
  });
});

describe('RFM cells', () => {
  it.each([
    ['the best', { recency_days: 20, purchase_days_365: 8, spend_365: 400 }, 'R5F5M5'],
    ['the worst', { recency_days: 81, purchase_days_365: 1, spend_365: 99 }, 'R1F1M1'],
    ['in between', { recency_days: 41, purchase_days_365: 2, spend_365: 250 }, 'R3F2M3'],
    ['no buyer of this year', { recency_days: 400, purchase_days_365: 0 }, 'none'],
  ])('of %s', (_who, facts, cell) => {
    expect(tierOf({ purchase_days: 9, ...facts }, 'rfm')).toBe(cell);
  });

  it('are kept at their edges, in each dimension', () => {
    const at = (recency: number, spend: number) =>
      factsOf({ purchase_days: 9, purchase_days_365: 8, recency_days: recency, spend_365: spend });
    const place = shippedPlan.names.indexOf('rfm');
    const { memory } = segmenter.assign(at(40, 300), null);
    expect(segmenter.placesOf(at(40, 300), null)[place]).toBe('R4F5M4');
    expect(segmenter.placesOf(at(44, 271), memory)[place]).toBe('R4F5M4');
    expect(segmenter.placesOf(at(45, 269), memory)[place]).toBe('R3F5M3');
    expect(segmenter.placesOf(at(19, 301), memory)[place]).toBe('R5F5M4');
  });

  it('are kept without being announced', () => {
    expect(segmenter.assign(factsOf(buyer), null).changes.map(({ kind }) => kind)).not.toContain('cell');
  });
});

describe('the loyalty level', () => {
  it('counts for the value of a customer where it is known', () => {
    const values = new Float64Array(shippedPlan.measures.names.length);
    const valueOf = (facts: Record<string, number>) => {
      shippedPlan.measures.write(factsOf(facts), values);
      return values[shippedPlan.measures.indexOf('value')];
    };
    expect(valueOf({ ...buyer, member_level: 3 })).toBeCloseTo(valueOf(buyer) + Math.log(4), 10);
  });
});
