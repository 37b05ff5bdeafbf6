import { describe, expect, it } from 'vitest';
import { clusterTable } from '../../../../models/segments/cluster-table.ts';
import { meanSilhouette } from '../../../../models/segments/mean-silhouette.ts';
import { buildSegmentTable } from '../../../../models/segments/segment-table.ts';
import type { Order } from '../../../../models/training/order.ts';
import { groupOrders } from '../../../../models/training/order-history.ts';
import { seededBits } from '../../../../models/training/seeded-bits.ts';

const cut = 400;

/** Three kinds of customers: rich and frequent, poor and rare, and those who stopped long ago. */
function threeKinds(perKind: number): Order[] {
  const bits = seededBits(11);
  const upTo = (most: number): number => Math.floor((Math.abs(bits()) / 2 ** 31) * most);
  const orders: Order[] = [];
  const kinds = [
    { kind: 'rich', every: 7, jitter: 3, from: 30, until: 395, amount: 20_000 },
    { kind: 'poor', every: 90, jitter: 3, from: 20, until: 330, amount: 1_000 },
    { kind: 'gone', every: 15, jitter: 1, from: 5, until: 60, amount: 5_000 },
  ];
  for (const { kind, every, jitter, from, until, amount } of kinds)
    for (let i = 0; i < perKind; i++)
      for (let day = from + upTo(10); day < until; day += every + upTo(jitter))
        orders.push({ customer: `${kind}-${i}`, day, amountMinor: amount + upTo(amount / 4) });
  return orders;
} // prettier-ignore

function tableOf(orders: readonly Order[]) {
  const history = groupOrders(orders, cut);
  if (history === null) throw new Error('no orders');
  return buildSegmentTable(history, cut, 100);
}

describe('groups that data show', () => {
  it('are the kinds of customers there are, however many were not told', () => {
    const table = tableOf(threeKinds(40));
    const { clusters, places, silhouettes } = clusterTable(table, null, 1);
    expect(clusters).toHaveLength(3);
    expect([...silhouettes.keys()]).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const groups = new Map<string, Set<number>>();
    table.customers.forEach((customer, i) => {
      const kind = customer.split('-')[0];
      groups.set(kind, (groups.get(kind) ?? new Set()).add(places[i]));
    });
    expect([...groups.values()].map((each) => each.size)).toEqual([1, 1, 1]);
    expect(groups.get('rich')).toEqual(new Set([0]));
    expect(clusters.map(({ name }) => name)).toEqual(['group-1', 'group-2', 'group-3']);
    expect(clusters.map(({ customers }) => customers)).toEqual([40, 40, 40]);
    const gone = clusters[[...(groups.get('gone') ?? [])][0]];
    expect(gone.label.en).toMatch(/days since the last purchase|purchase days in 365 days|spend in 365 days/);
    expect(gone.label.zhCN).not.toBe('');
  });

  it('are the same for the same seed, and as many as asked for', () => {
    const table = tableOf(threeKinds(20));
    expect(clusterTable(table, 5, 3)).toEqual(clusterTable(table, 5, 3));
    expect(clusterTable(table, 5, 3).clusters).toHaveLength(5);
  });

  it('are not found among too few customers, or among those who are all alike', () => {
    expect(() => clusterTable(tableOf(threeKinds(3)), null, 1)).toThrow(/give more orders/);
    const alike = Array.from({ length: 40 }, (_, i): Order => ({ customer: `c${i}`, day: 390, amountMinor: 500 }));
    expect(() => clusterTable(tableOf(alike), null, 1)).toThrow(/give more orders/);
  });
});

describe('the mean silhouette', () => {
  it('is that of its definition', () => {
    // two pairs on a line: within 1; next (10 + 11) / 2 or (9 + 10) / 2, by hand
    const points = [[0], [1], [10], [11]];
    expect(meanSilhouette(points, [0, 0, 1, 1])).toBeCloseTo((2 * (9.5 / 10.5) + 2 * (8.5 / 9.5)) / 4, 12);
    expect(meanSilhouette(points, [0, 1, 0, 1])).toBeLessThan(0);
    expect(meanSilhouette([[0], [5], [6]], [0, 1, 1])).toBeCloseTo((0 + 4 / 5 + 5 / 6) / 3, 12);
    expect(meanSilhouette([[2], [2]], [0, 1])).toBe(0);
  });
});
