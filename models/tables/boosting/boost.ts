import type { RandomBits } from '../../../services/platform/tensorflow/random-bits.ts';
import { binCount, type ColumnSpec } from '../column-spec.ts';
import { growTree, type TreeRules, type TreeSource } from './grow-tree.ts';
import { addTree, type Tree } from './tree.ts';

export interface BoostRules extends TreeRules {
  readonly rounds: number;
  /** Rounds without a lower loss after which boosting stops. */
  readonly patience: number;
  /** Share of the rows, and of the columns, that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
}

export interface BoostSet {
  readonly columns: readonly ColumnSpec[];
  readonly bins: readonly Uint8Array[];
  /** 1 or 0 per row. */
  readonly labels: Uint8Array;
  /** Rows to learn from, and rows that the loss is watched on. */
  readonly train: Int32Array;
  readonly watch: Int32Array;
}

export interface BoostedTrees {
  /** Logit of the base rate. */
  readonly base: number;
  readonly trees: readonly Tree[];
  /** Mean log loss on the watched rows after 0, 1, … trees. */
  readonly losses: readonly number[];
}

/**
 * Second-order gradient boosting of the log loss on histograms (Friedman 2001; Chen & Guestrin 2016; the histograms and
 * the growth by leaves after Ke et al. 2017). Equal arguments and bits give equal trees.
 */
export function boost(set: BoostSet, rules: BoostRules, bits: RandomBits): BoostedTrees {
  const { labels, bins } = set;
  const source = toSource(set);
  const base = baseLogit(labels, set.train);
  const logits = new Float64Array(labels.length).fill(base);
  const trees: Tree[] = [];
  const losses = [meanLogLoss(logits, labels, set.watch)];
  let best = 0;
  while (trees.length < rules.rounds && trees.length - best < rules.patience) {
    logits.forEach((logit, row) => {
      const p = 1 / (1 + Math.exp(-logit));
      source.gradients[row] = p - labels[row];
      source.hessians[row] = Math.max(p * (1 - p), 1e-9);
    });
    const rows = set.train.filter(() => drawShare(bits) < rules.rowShare);
    const tree = growTree(source, rows, drawColumns(bins.length, rules.columnShare, bits), rules);
    addTree(tree, bins, source.kinds, logits);
    trees.push(tree);
    losses.push(meanLogLoss(logits, labels, set.watch));
    if (losses[trees.length] < losses[best]) best = trees.length;
  }
  return { base, trees, losses };
}

function toSource({ columns, bins, labels }: BoostSet): TreeSource {
  const offsets: number[] = [];
  let size = 0;
  for (const column of columns) {
    offsets.push(size);
    size += binCount(column);
  }
  const kinds = columns.map(({ kind }) => kind);
  const gradients = new Float64Array(labels.length);
  return { bins, offsets, size, kinds, gradients, hessians: new Float64Array(labels.length) };
}

function baseLogit(labels: Uint8Array, rows: Int32Array): number {
  const hits = rows.reduce((sum, row) => sum + labels[row], 0);
  return Math.log((hits + 0.5) / (rows.length - hits + 0.5));
}

function meanLogLoss(logits: Float64Array, labels: Uint8Array, rows: Int32Array): number {
  let loss = 0;
  for (const row of rows) {
    const margin = labels[row] === 1 ? logits[row] : -logits[row];
    loss += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
  }
  return loss / rows.length;
}

function drawShare(bits: RandomBits): number {
  return (bits() >>> 0) / 2 ** 32;
}

/** Ascending, at least one. */
function drawColumns(count: number, share: number, bits: RandomBits): number[] {
  const drawn = Array.from({ length: count }, (_, column) => ({ column, lot: drawShare(bits) }));
  drawn.sort((a, b) => a.lot - b.lot);
  const kept = drawn.slice(0, Math.max(1, Math.round(count * share)));
  return kept.map(({ column }) => column).sort((a, b) => a - b);
}
