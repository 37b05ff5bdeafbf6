import type { ColumnSpec } from '../column-spec.ts';
import type { Histogram } from './histogram.ts';
import type { Split } from './tree.ts';

export interface SplitRules {
  /** Added to the hessian of each side (L2 on the leaf values). */
  readonly l2: number;
  /** Rows each side must hold. */
  readonly minRows: number;
}

export interface FoundSplit extends Split {
  readonly gain: number;
}

/** Gradient, hessian and rows of one side. */
interface Side {
  readonly g: number;
  readonly h: number;
  readonly n: number;
}

/** The bins of one column in a histogram. */
export interface ColumnBins {
  readonly column: number;
  readonly kind: ColumnSpec['kind'];
  readonly from: number;
  readonly to: number;
}

/** The split of largest second-order gain (Chen & Guestrin 2016, eq. 7), the first of equals; null if none gains. */
export function findSplit(
  sums: Histogram,
  total: Side,
  columns: readonly ColumnBins[],
  rules: SplitRules,
): FoundSplit | null {
  let best: FoundSplit | null = null;
  const consider = (side: Side, split: Split): void => {
    const gain = gainOf(side, total, rules);
    if (gain > (best?.gain ?? 1e-9)) best = { ...split, gain };
  };
  for (const bins of columns) {
    if (bins.kind === 'number') scanNumber(sums, bins, total, consider);
    else scanCategory(sums, bins, consider);
  }
  return best;
}

type Consider = (side: Side, split: Split) => void;

function scanNumber(sums: Histogram, { column, from, to }: ColumnBins, total: Side, consider: Consider): void {
  const missing = { g: sums.gradients[from], h: sums.hessians[from], n: sums.counts[from] };
  let g = 0;
  let h = 0;
  let n = 0;
  for (let at = from + 1; at < to - 1; at++) {
    if (sums.counts[at] === 0) continue;
    g += sums.gradients[at];
    h += sums.hessians[at];
    n += sums.counts[at];
    const bin = at - from;
    // without missing rows to learn from, they go where most rows go
    const isMore = missing.n === 0 && 2 * n >= total.n;
    consider({ g, h, n }, { column, bin, missingLeft: isMore });
    if (missing.n === 0) continue;
    consider({ g: g + missing.g, h: h + missing.h, n: n + missing.n }, { column, bin, missingLeft: true });
  }
}

function scanCategory(sums: Histogram, { column, from, to }: ColumnBins, consider: Consider): void {
  for (let at = from; at < to; at++) {
    if (sums.counts[at] === 0) continue;
    const side = { g: sums.gradients[at], h: sums.hessians[at], n: sums.counts[at] };
    consider(side, { column, bin: at - from, missingLeft: false });
  }
}

function gainOf({ g, h, n }: Side, total: Side, { l2, minRows }: SplitRules): number {
  if (n < minRows || total.n - n < minRows) return 0;
  const other = total.g - g;
  return g ** 2 / (h + l2) + other ** 2 / (total.h - h + l2) - total.g ** 2 / (total.h + l2);
}
