import { describe, expect, it } from 'vitest';
import type { ClosedFormParameters } from '../../../../services/core/btyd/closed-form.ts';
import { purchaseModelOf } from '../../../../services/core/btyd/purchase-model-of.ts';
import type { PurchaseModel } from '../../../../services/core/btyd/purchase-model.ts';
import { createPurchaseOutlook } from '../../../../services/core/value/purchase-outlook.ts';
import { closedFormFeatures } from '../../../support/simulate-spending.ts';

const spend = { p: 2.5, q: 3.5, gamma: 390 };
const worlds: readonly ClosedFormParameters[] = [
  { model: 'bg-nbd', purchases: { r: 0.64, alpha: 62, a: 0.17, b: 2.7 }, spend },
  { model: 'mbg-nbd', purchases: { r: 0.5, alpha: 20, a: 0.6, b: 2 }, spend },
  { model: 'pareto-nbd', purchases: { r: 0.55, alpha: 74, s: 0.6, beta: 81 }, spend },
];
/** Bought on 5 days within 181, the last one 30 days ago. */
const raw = Float64Array.of(5, 31, 181, 120);
const customer = { x: 4, tx: 150, T: 180 };

function outlookOf(world: ClosedFormParameters, horizonDays: number, discountRate: number, of = raw) {
  const out = { near: 0, far: 0, staysSilent: 0, squareOverMean: 0 };
  createPurchaseOutlook(world, { nearDays: 90, horizonDays, discountRate }, closedFormFeatures)(of, 0, out);
  return out;
}

/** Purchases of each tenth of a day, discounted at its middle: what the quadrature stands for. */
function discountedSlowly(world: ClosedFormParameters, from: number, to: number, rate: number): number {
  const { expectedPurchases } = purchaseModelOf(world.model) as PurchaseModel<unknown>;
  let sum = 0;
  const step = 0.1;
  for (let i = 0; i < Math.round((to - from) / step); i++) {
    const [start, end] = [from + i * step, from + (i + 1) * step];
    const made =
      expectedPurchases(world.purchases, customer, end) - expectedPurchases(world.purchases, customer, start);
    sum += made * (1 + rate) ** (-(start + end) / 2 / 365.25);
  }
  return sum;
}

describe.each(worlds)('the outlook of $model', (world) => {
  const { expectedPurchases, active } = purchaseModelOf(world.model) as PurchaseModel<unknown>;

  it.each([
    [365, 0.1],
    [1826, 0.25],
  ])('discounts the purchases of %d days at %d a year as a sum over small steps does', (horizonDays, rate) => {
    const soon = expectedPurchases(world.purchases, customer, 90);
    const { near, far } = outlookOf(world, horizonDays, rate);
    expect(Math.abs(near / (discountedSlowly(world, 0, 90, rate) / soon) - 1)).toBeLessThan(1e-3);
    expect(Math.abs(far / (discountedSlowly(world, 90, horizonDays, rate) / soon) - 1)).toBeLessThan(1e-3);
  });

  it('without a discount counts what the model expects, and nothing beyond a horizon of the near days', () => {
    const at = (days: number): number => expectedPurchases(world.purchases, customer, days);
    expect(outlookOf(world, 730, 0)).toMatchObject({ near: 1, far: expect.closeTo(at(730) / at(90) - 1, 4) });
    expect(outlookOf(world, 90, 0.1)).toMatchObject({ far: 0, staysSilent: 1 });
  });

  it('says how likely silence goes on', () => {
    const silent = (days: number): number => 1 - active(world.purchases, customer, days);
    expect(outlookOf(world, 730, 0.1).staysSilent).toBeCloseTo(silent(730) / silent(90), 9);
  });

  it('takes somebody without a purchase for a customer of today whose spend is not known', () => {
    const never = outlookOf(world, 730, 0.1, Float64Array.of(0, NaN, NaN, NaN));
    const today = outlookOf(world, 730, 0.1, Float64Array.of(1, 1, 1, 120));
    expect(never).toMatchObject({ near: today.near, far: today.far, staysSilent: today.staysSilent });
    expect(never.squareOverMean).toBeGreaterThan(today.squareOverMean);
  });
});
