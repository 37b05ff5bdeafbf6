import type { ColumnSpec } from '../column-spec.ts';
import { findSplit, type ColumnBins, type FoundSplit, type SplitRules } from './find-split.ts';
import { subtractHistogram, sumHistogram, type Histogram, type HistogramSource } from './histogram.ts';
import { goesLeft, type Tree } from './tree.ts';

export interface TreeRules extends SplitRules {
  readonly leaves: number;
  /** Share of the Newton step that a leaf takes. */
  readonly learningRate: number;
}

export interface TreeSource extends HistogramSource {
  readonly kinds: readonly ColumnSpec['kind'][];
}

/** A node that may still be split. */
interface OpenNode {
  readonly node: number;
  readonly rows: Int32Array;
  readonly sums: Histogram;
  readonly split: FoundSplit | null;
}

/**
 * Grows one tree leaf by leaf, always where the gain is largest, as far as `rules` allow.
 * @param columns the columns this tree may look at
 */
export function growTree(source: TreeSource, rows: Int32Array, columns: readonly number[], rules: TreeRules): Tree {
  const tree: Tree = { column: [], bin: [], missingLeft: [], left: [], right: [], value: [] };
  const ranges = columns.map((column) => rangeOf(source, column));
  const open = (own: Int32Array, sums: Histogram): OpenNode => {
    const total = sumRows(source, own);
    const value = (-total.g / (total.h + rules.l2)) * rules.learningRate;
    return { node: addLeaf(tree, value), rows: own, sums, split: findSplit(sums, total, ranges, rules) };
  };
  const nodes = [open(rows, sumHistogram(source, rows, columns))];
  for (let leaves = 1; leaves < rules.leaves; leaves++) {
    const at = bestNode(nodes);
    if (at < 0) break;
    const [{ node, rows: own, sums, split }] = nodes.splice(at, 1) as [OpenNode & { split: FoundSplit }];
    const [left, right] = partRows(source, own, split);
    const isLeftLess = left.length <= right.length;
    const lesser = sumHistogram(source, isLeftLess ? left : right, columns);
    const greater = subtractHistogram(sums, lesser);
    const children = [open(left, isLeftLess ? lesser : greater), open(right, isLeftLess ? greater : lesser)];
    turnIntoSplit(tree, node, split, [children[0].node, children[1].node]);
    nodes.push(...children);
  }
  return tree;
}

function rangeOf({ kinds, offsets, size }: TreeSource, column: number): ColumnBins {
  return { column, kind: kinds[column], from: offsets[column], to: offsets[column + 1] ?? size };
}

function sumRows({ gradients, hessians }: TreeSource, rows: Int32Array): { g: number; h: number; n: number } {
  let g = 0;
  let h = 0;
  for (const row of rows) {
    g += gradients[row];
    h += hessians[row];
  }
  return { g, h, n: rows.length };
}

function addLeaf(tree: Tree, value: number): number {
  tree.column.push(-1);
  for (const list of [tree.bin, tree.missingLeft, tree.left, tree.right]) list.push(0);
  return tree.value.push(value) - 1;
}

function turnIntoSplit(tree: Tree, node: number, split: FoundSplit, [left, right]: readonly [number, number]): void {
  tree.column[node] = split.column;
  tree.bin[node] = split.bin;
  tree.missingLeft[node] = Number(split.missingLeft);
  tree.left[node] = left;
  tree.right[node] = right;
  tree.value[node] = 0;
}

function bestNode(nodes: readonly OpenNode[]): number {
  let best = -1;
  nodes.forEach(({ split }, i) => {
    if (split !== null && split.gain > (nodes[best]?.split?.gain ?? 0)) best = i;
  });
  return best;
}

function partRows({ bins, kinds }: TreeSource, rows: Int32Array, split: FoundSplit): [Int32Array, Int32Array] {
  const own = bins[split.column];
  const kind = kinds[split.column];
  const parted = new Int32Array(rows.length);
  let left = 0;
  let right = rows.length;
  for (const row of rows) {
    if (goesLeft(own[row], split, kind)) parted[left++] = row;
    else parted[--right] = row;
  }
  return [parted.subarray(0, left), parted.subarray(left)];
}
