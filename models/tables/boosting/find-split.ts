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

/** Gradient, hessian and rows of a node. */
export interface NodeSums {
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

/** Below this a gain is rounding. */
const leastGain = 1e-9;

/** The split of largest second-order gain (Chen & Guestrin 2016, eq. 7), the first of equals; null if none gains. */
export function findSplit(
  sums: Histogram,
  total: NodeSums,
  columns: readonly ColumnBins[],
  rules: SplitRules,
): FoundSplit | null {
  const search = new SplitSearch(total, rules);
  if (total.n < 2 * rules.minRows) return null;
  for (const bins of columns) {
    if (bins.kind === 'number') scanNumber(sums, bins, total, search);
    else scanCategory(sums, bins, search);
  }
  return search.best;
}

function scanNumber(sums: Histogram, { column, from, to }: ColumnBins, total: NodeSums, search: SplitSearch): void {
  const { gradients, hessians, counts } = sums;
  const [missingG, missingH, missingN] = [gradients[from], hessians[from], counts[from]];
  let g = 0;
  let h = 0;
  let n = 0;
  for (let at = from + 1; at < to - 1; at++) {
    if (counts[at] === 0) continue;
    g += gradients[at];
    h += hessians[at];
    n += counts[at];
    // without missing rows to learn from, they go where most rows go
    const isMore = missingN === 0 && 2 * n >= total.n;
    const gain = search.gain(g, h, n);
    if (gain > search.least) search.keep({ column, bin: at - from, missingLeft: isMore, gain });
    if (missingN === 0) continue;
    const withMissing = search.gain(g + missingG, h + missingH, n + missingN);
    if (withMissing > search.least) search.keep({ column, bin: at - from, missingLeft: true, gain: withMissing });
  }
}

function scanCategory(sums: Histogram, { column, from, to }: ColumnBins, search: SplitSearch): void {
  for (let at = from; at < to; at++) {
    if (sums.counts[at] === 0) continue;
    const gain = search.gain(sums.gradients[at], sums.hessians[at], sums.counts[at]);
    if (gain > search.least) search.keep({ column, bin: at - from, missingLeft: false, gain });
  }
}

/** The best split so far. It makes no object per candidate: there are millions of them. */
class SplitSearch {
  readonly #total: NodeSums;
  readonly #rules: SplitRules;
  readonly #whole: number;
  /** What the next split must exceed. */
  least = leastGain;
  best: FoundSplit | null = null;

  constructor(total: NodeSums, rules: SplitRules) {
    this.#total = total;
    this.#rules = rules;
    this.#whole = (total.g * total.g) / (total.h + rules.l2);
  }

  /** Of parting off a side of these sums; 0 where a side holds too few rows. */
  gain(g: number, h: number, n: number): number {
    const { l2, minRows } = this.#rules;
    const { g: allG, h: allH, n: allN } = this.#total;
    if (n < minRows || allN - n < minRows) return 0;
    const otherG = allG - g;
    return (g * g) / (h + l2) + (otherG * otherG) / (allH - h + l2) - this.#whole;
  }

  keep(split: FoundSplit): void {
    this.best = split;
    this.least = split.gain;
  }
}
