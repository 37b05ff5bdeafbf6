import { type CellName, cells } from './cells.ts';
import type { CellReader } from './expression.ts';
import { type EpochMonth, isMonthly, monthlyPeriod, monthsIn, type Period } from './period.ts';

/**
 * What has to be read of the store to tell the cells of a period: its days or months for what happened, itself for what
 * customers were, and every month until its end for what the stocks hold.
 * @param months those that hold anything
 */
export function bucketsOf(period: Period, months: readonly EpochMonth[]): readonly Period[] {
  if (period.kind === 'day') return [period];
  if (period.kind === 'week') {
    return Array.from({ length: 7 }, (_, i) => ({ kind: 'day', index: period.index * 7 - 3 + i }));
  }
  if (!isMonthly(period.kind)) return [];
  const [, after] = monthsIn({ kind: period.kind, index: period.index });
  const until = months.filter((month) => month < after).map((month) => monthlyPeriod('month', month));
  return period.kind === 'month'
    ? [...until.filter(({ index }) => index !== period.index), period]
    : [...until, period];
}

/** The cells of a period, from what the buckets hold; in the order of `bucketsOf`. */
export function sumCells(
  period: Period,
  buckets: readonly Period[],
  contents: readonly ReadonlyMap<CellName, number>[],
): CellReader {
  const sum = (cell: CellName, isPart: (bucket: Period) => boolean): number =>
    buckets.reduce((all, bucket, i) => (isPart(bucket) ? all + (contents[i].get(cell) ?? 0) : all), 0);
  if (!isMonthly(period.kind)) {
    return {
      cell: (cell) => sum(requireEvent(cell), () => true),
      opening: (cell) => sum(requireEvent(cell), () => false),
    };
  }
  const [first, after] = monthsIn({ kind: period.kind, index: period.index });
  const isMonth = ({ kind, index }: Period, from: EpochMonth): boolean =>
    kind === 'month' && index >= from && index < after;
  return {
    cell(cell) {
      const { kind } = cells[cell];
      if (kind === 'stock') return sum(cell, (bucket) => isMonth(bucket, -Infinity));
      if (kind === 'event') return sum(cell, (bucket) => isMonth(bucket, first));
      return sum(cell, (bucket) => bucket.kind === period.kind && bucket.index === period.index);
    },
    opening: (cell) => sum(cell, (bucket) => bucket.kind === 'month' && bucket.index < first),
  };
}

/** @throws RangeError for a cell that is counted by month only */
function requireEvent(cell: CellName): CellName {
  if (cells[cell].kind === 'event') return cell;
  throw new RangeError(`the cell ${cell} is counted by month and longer; it has no day or week`);
}
