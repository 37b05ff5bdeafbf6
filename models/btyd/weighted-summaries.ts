import type { PurchaseSummary } from '../../services/core/btyd/purchase-model.ts';
import { dataFileError } from '../training/data-file-error.ts';

/** Customers with equal x, tx and T count once, with a weight: equal lengths, ascending by x. */
export interface WeightedSummaries {
  readonly x: Int32Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  readonly weight: Float64Array;
  readonly customers: number;
  readonly maxX: number;
}

/**
 * Gathers equal customers, so that a likelihood costs one evaluation per distinct customer.
 * @throws ERR_DATA_FILE when a summary is impossible (not finite, x no count, tx outside [0, T], tx > 0 without repeats)
 */
export function weighSummaries(customers: Iterable<PurchaseSummary>): WeightedSummaries {
  const distinct = new Map<string, { summary: PurchaseSummary; weight: number }>();
  let count = 0;
  for (const summary of customers) {
    refuseImpossible(summary, count);
    count += 1;
    const key = `${summary.x} ${summary.tx} ${summary.T}`;
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { summary, weight: 1 });
    else known.weight += 1;
  }
  const sorted = [...distinct.values()].sort(({ summary: a }, { summary: b }) => a.x - b.x || a.tx - b.tx || a.T - b.T);
  return {
    x: Int32Array.from(sorted, ({ summary }) => summary.x),
    tx: Float64Array.from(sorted, ({ summary }) => summary.tx),
    T: Float64Array.from(sorted, ({ summary }) => summary.T),
    weight: Float64Array.from(sorted, ({ weight }) => weight),
    customers: count,
    maxX: sorted.at(-1)?.summary.x ?? 0,
  };
}

/** The same customers in another unit of time. */
export function scaleTime(data: WeightedSummaries, unit: number): WeightedSummaries {
  return { ...data, tx: data.tx.map((time) => time / unit), T: data.T.map((time) => time / unit) };
}

function refuseImpossible({ x, tx, T }: PurchaseSummary, index: number): void {
  const isCount = Number.isInteger(x) && x >= 0 && x < 2 ** 31;
  if (isCount && tx >= 0 && tx <= T && T < Infinity && (x > 0 || tx === 0)) return;
  throw dataFileError(
    `Customer ${index} of the fit is impossible (x ${x}, tx ${tx}, T ${T}); ` +
      'x counts purchases after the first, tx is the time from first to last purchase, T from the first to the end.',
  );
}
