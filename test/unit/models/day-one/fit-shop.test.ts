import { describe, expect, it } from 'vitest';
import { fitShop } from '../../../../models/training/day-one/fit-shop.ts';
import { typicalShop } from '../../../../models/training/day-one/typical-shop.ts';
import { groupOrders } from '../../../../models/training/order-history.ts';
import type { Order } from '../../../../models/training/order.ts';
import { aShop, stretchOrders } from '../../../support/day-one-orders.ts';

const request = { at: 200, horizonDays: 90, minorPerMajor: 100 };

function fit(orders: readonly Order[], at = 200): ReturnType<typeof fitShop> {
  return fitShop(groupOrders(orders, 1e6)!, { ...request, at }, typicalShop);
}

describe("a shop's units", () => {
  it('are medians of its orders and of the gaps between purchase days', () => {
    const orders: Order[] = [
      { customer: 'a', day: 1, amountMinor: 1000 },
      { customer: 'a', day: 1, amountMinor: 3000 },
      { customer: 'a', day: 8, amountMinor: 2000 },
      { customer: 'a', day: 9, amountMinor: -2000 },
      { customer: 'b', day: 2, amountMinor: 0 },
      { customer: 'b', day: 22, amountMinor: 5000 },
      { customer: 'b', day: 300, amountMinor: 900_000 },
    ];
    const { medianOrder, rhythmDays, isOwn } = fit(orders);
    expect({ medianOrder, rhythmDays, isOwn }).toEqual({ medianOrder: 25, rhythmDays: 13.5, isOwn: false });
  });

  it('follow the scale of the shop, and so do its buy-till-you-die parameters', () => {
    const one = fit(aShop());
    const stretched = fit(stretchOrders(aShop(), { money: 30, time: 1 }));
    expect(stretched.medianOrder).toBeCloseTo(30 * one.medianOrder, 6);
    expect(stretched.rhythmDays).toBe(one.rhythmDays);
    const [gamma, stretchedGamma] = [one, stretched].map(({ closedForm }) => closedForm.parameters.spend.gamma);
    expect(stretchedGamma / gamma).toBeCloseTo(30, 1);
    expect(one.isOwn).toBe(true);
  });

  it("come from a typical shop, in this shop's units, where nobody came back", () => {
    const { closedForm, rhythmDays, isOwn } = fit([{ customer: 'a', day: 3, amountMinor: 5000 }]);
    expect(isOwn).toBe(false);
    expect(rhythmDays).toBe(typicalShop.rhythmDays);
    expect(closedForm.parameters.purchases).toEqual(typicalShop.parameters.purchases);
    expect(closedForm.parameters.spend).toEqual({ ...typicalShop.parameters.spend, gamma: 50 });
  });

  it('have seen nothing from the cut on', () => {
    expect(fit(aShop(), 120)).toEqual(fit(aShop().filter(({ day }) => day < 120), 120)); // prettier-ignore
  });
});
