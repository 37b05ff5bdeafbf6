import { describe, expect, it } from 'vitest';
import { bgNbd } from '../../../../services/core/btyd/bg-nbd.ts';
import { closedFormNames, createClosedForm } from '../../../../services/core/btyd/closed-form.ts';
import { expectedSpendPerPurchase } from '../../../../services/core/btyd/gamma-gamma.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';

const purchases = { r: 0.24, alpha: 31, a: 0.79, b: 2.4 };
const spend = { p: 6.25, q: 3.7, gamma: 15.4 };

function vectorOf(features: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(featureNames, (name) => features[name] ?? NaN);
}

function computed(features: Readonly<Record<string, number>>): number[] {
  const out = new Float64Array(closedFormNames.length + 2).fill(-1);
  createClosedForm({ model: 'bg-nbd', purchases, spend }, 90, featureNames)(vectorOf(features), 0, out, 1);
  expect([out[0], out[5]]).toEqual([-1, -1]);
  return [...out.slice(1, 5)];
}

describe('the closed-form inputs', () => {
  it('are the predictions for x, tx and T that the features stand for', () => {
    // Bought on days 0, 10 and 60, seen on the morning of day 101.
    const customer = { x: 2, tx: 60, T: 100 };
    const features = { purchase_days: 3, recency_days: 41, tenure_days: 101, spend_per_purchase_day: 20 };
    const expected = bgNbd.expectedPurchases(purchases, customer, 90);
    expect(computed(features)).toEqual([
      expected,
      bgNbd.alive(purchases, customer),
      bgNbd.active(purchases, customer, 90),
      expected * expectedSpendPerPurchase(spend, 3, 20),
    ]);
  });

  it('are defined on the day after the first purchase', () => {
    const inputs = computed({ purchase_days: 1, recency_days: 1, tenure_days: 1, spend_per_purchase_day: 0 });
    expect(inputs.every(Number.isFinite)).toBe(true);
    expect(inputs[1]).toBe(1);
  });

  it('are undefined without a purchase', () => {
    expect(computed({ purchase_days: 0 })).toEqual([NaN, NaN, NaN, NaN]);
  });

  it.each([NaN, Infinity, -Infinity, 1e300, -1])('gives nothing for an impossible history, and ends: %d', (bad) => {
    const usual = { purchase_days: 5, recency_days: 20, tenure_days: 300, spend_per_purchase_day: 50 };
    for (const name of Object.keys(usual)) {
      if (name === 'spend_per_purchase_day' && bad === 1e300) continue;
      expect(computed({ ...usual, [name]: bad }), name).toEqual([NaN, NaN, NaN, NaN]);
    }
  });

  it('are refused with impossible parameters, horizons and vectors', () => {
    const good = { model: 'bg-nbd', purchases, spend } as const;
    expect(() => createClosedForm({ ...good, spend: { ...spend, q: 1 } }, 90, featureNames)).toThrow(/q - 1/);
    expect(() => createClosedForm({ ...good, purchases: { ...purchases, a: NaN } }, 90, featureNames)).toThrow(/^a of/);
    expect(() => createClosedForm(good, 0, featureNames)).toThrow(/horizonDays/);
    expect(() => createClosedForm(good, 90, ['spend'])).toThrow(/purchase_days/);
  });
});
