import { describe, expect, it } from 'vitest';
import type { CellName } from '../../../../services/core/kpis/cells.ts';
import { parsePeriod, type Period, periodName } from '../../../../services/core/kpis/period.ts';
import { bucketsOf, sumCells } from '../../../../services/core/kpis/read-cells.ts';

function period(name: string): Period {
  const found = parsePeriod(name);
  if (found === null) throw new Error(name);
  return found;
}

const months = ['2025-11', '2026-01', '2026-02', '2026-04'].map((name) => period(name).index);

const stored: Readonly<Record<string, Partial<Record<CellName, number>>>> = {
  '2025-11': { customers: 10, orders: 4, buyers: 3 },
  '2026-01': { customers: 5, orders: 7, buyers: 2 },
  '2026-02': { customers: -2, orders: 1, buyers: 1 },
  '2026-04': { customers: 100, orders: 100 },
  '2026-Q1': { buyers: 2 },
  '2026-02-03': { orders: 1 },
};

function cellsOf(name: string) {
  const asked = period(name);
  const buckets = bucketsOf(asked, months);
  const contents = buckets.map(
    (bucket) => new Map(Object.entries(stored[periodName(bucket)] ?? {}) as [CellName, number][]),
  );
  return sumCells(asked, buckets, contents);
}

describe('the cells of a period', () => {
  it('sums what happened over its months, takes customers as they were counted and stocks from the beginning', () => {
    const quarter = cellsOf('2026-Q1');
    expect(quarter.cell('orders')).toBe(8);
    expect(quarter.cell('buyers')).toBe(2);
    expect(quarter.cell('customers')).toBe(13);
    expect(quarter.opening('customers')).toBe(10);
  });

  it('has what stands before a month without anything', () => {
    const march = cellsOf('2026-03');
    expect(march.cell('orders')).toBe(0);
    expect([march.opening('customers'), march.cell('customers')]).toEqual([13, 13]);
  });

  it('sums days to weeks, and has no stocks of a week', () => {
    expect(cellsOf('2026-W06').cell('orders')).toBe(1);
    expect(() => cellsOf('2026-W06').cell('customers')).toThrow('customers');
  });
});
