import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stableOrder } from '../../../models/training/measures/stable-order.ts';

const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(-0), fc.double({ noNaN: true })));

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

it('orders as a stable sort does, upwards and downwards', () => {
  fc.assert(
    fc.property(values, (all) => {
      const indexes = all.map((_, i) => i);
      expect([...stableOrder(all, 'ascending')]).toEqual(indexes.toSorted((a, b) => compare(all[a], all[b])));
      expect([...stableOrder(all, 'descending')]).toEqual(indexes.toSorted((a, b) => compare(all[b], all[a])));
    }),
  );
});

it('has every index once where some values are no numbers', () => {
  expect([...stableOrder([NaN, 2, Infinity, 1, NaN], 'ascending')]).toEqual([3, 1, 0, 2, 4]);
});
