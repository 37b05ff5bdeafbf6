import { describe, expect, it } from 'vitest';
import { drawShopTraits, type ShopTraits } from '../../../../models/training/day-one/shop-traits.ts';
import { simulateShop } from '../../../../models/training/day-one/simulate-shop.ts';
import { createRandom } from '../../../../simulator/random.ts';

const plain: ShopTraits = {
  days: 720,
  customers: 400,
  openingShare: 1,
  medianOrder: 40,
  orderSigma: { between: 0.5, within: 0.5 },
  rate: { mean: 1 / 20, shape: 3 },
  gapShape: 1,
  oneTimeShare: 0,
  leaving: { mean: 0.001, weight: 5 },
  lifeDays: Infinity,
  rest: { chance: 0, days: 100 },
  season: { strength: 0, peakDay: 0 },
  cancelledShare: 0,
  spendByRate: 0,
};

function purchasesPerCustomer(traits: ShopTraits, seed = 5): number {
  const { orders } = simulateShop(traits, seed);
  return orders.filter(({ amountMinor }) => amountMinor > 0).length / traits.customers;
}

describe('a simulated shop', () => {
  it('is the same for the same seed, and another for another', () => {
    const traits = drawShopTraits(createRandom(3, 'traits'));
    expect(drawShopTraits(createRandom(3, 'traits'))).toEqual(traits);
    expect(simulateShop(traits, 3)).toEqual(simulateShop(traits, 3));
    expect(simulateShop(traits, 4).orders).not.toEqual(simulateShop(traits, 3).orders);
  });

  it('has the order size and the rate it was asked for', () => {
    const { orders } = simulateShop(plain, 7);
    const amounts = orders.map(({ amountMinor }) => amountMinor / 100).sort((a, b) => a - b);
    expect(amounts[amounts.length >> 1]).toBeGreaterThan(40 * 0.85);
    expect(amounts[amounts.length >> 1]).toBeLessThan(40 * 1.15);
    // joined within 90 days of 720, one purchase in 20 days from then on
    expect(purchasesPerCustomer(plain)).toBeGreaterThan(30);
    expect(purchasesPerCustomer(plain)).toBeLessThan(38);
  });

  it('sells nothing to customers who have left, and nothing outside the days it is watched', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const traits = { ...drawShopTraits(createRandom(seed, 'traits')), customers: 200 };
      const { orders, truth } = simulateShop(traits, seed);
      const outside = orders.filter(({ day }) => day < 0 || day >= traits.days);
      const afterLeaving = orders.filter(
        (order) => order.amountMinor > 0 && order.day >= truth.get(order.customer)!.leftOn,
      );
      expect({ seed, outside, afterLeaving }).toEqual({ seed, outside: [], afterLeaving: [] });
    }
  });

  it.each<[string, Partial<ShopTraits>]>([
    ['that customers leave after a purchase', { leaving: { mean: 0.3, weight: 5 } }],
    ['that customers do not come back', { oneTimeShare: 0.6 }],
    ['that lives end', { lifeDays: 100 }],
    ['that customers rest', { rest: { chance: 0.2, days: 120 } }],
    ['a season', { season: { strength: 0.8, peakDay: 180 } }],
  ])('sells less for %s', (_what, change) => {
    expect(purchasesPerCustomer({ ...plain, ...change })).toBeLessThan(0.8 * purchasesPerCustomer(plain));
  });

  it('sells most at the peak of its season', () => {
    const { orders } = simulateShop({ ...plain, season: { strength: 0.8, peakDay: 180 } }, 9);
    const inYear = (from: number, to: number) => orders.filter(({ day }) => day % 365 >= from && day % 365 < to && day > 95).length; // prettier-ignore
    expect(inYear(150, 210)).toBeGreaterThan(2 * (inYear(0, 30) + inYear(335, 365)));
  });

  it('takes back the amounts that were ordered', () => {
    const { orders } = simulateShop({ ...plain, cancelledShare: 0.2 }, 2);
    const cancelled = orders.filter(({ amountMinor }) => amountMinor < 0);
    expect(cancelled.length / (orders.length - cancelled.length)).toBeCloseTo(0.2, 1);
    const placed = new Set(orders.map(({ customer, amountMinor }) => `${customer} ${amountMinor}`));
    expect(cancelled.filter(({ customer, amountMinor }) => !placed.has(`${customer} ${-amountMinor}`))).toEqual([]);
  });
});
