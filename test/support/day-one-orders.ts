import type { Order } from '../../models/training/order.ts';
import { makeSyntheticOrders } from './synthetic-orders.ts';

/** A shop's orders, and the same shop with every amount and every day stretched. */
export function stretchOrders(
  orders: readonly Order[],
  by: { readonly money: number; readonly time: number },
): Order[] {
  return orders.map(({ customer, day, amountMinor }) => ({
    customer,
    day: Math.round(day * by.time),
    amountMinor: Math.round(amountMinor * by.money),
  }));
}

/** A small shop with some history. */
export function aShop(days = 200): Order[] {
  return makeSyntheticOrders({ customers: 150, days, seed: 31 });
}
