import type { TypicalShop } from './fit-shop.ts';

/**
 * Stands in where a shop's own history tells nothing: half of the customers come back, every forty days or so, and leave
 * after a handful of purchases. Time in days, money in median orders.
 */
export const typicalShop: TypicalShop = {
  rhythmDays: 20,
  parameters: {
    model: 'mbg-nbd',
    purchases: { r: 0.8, alpha: 40, a: 0.8, b: 2.5 },
    spend: { p: 3, q: 3.5, gamma: 1 },
  },
};
