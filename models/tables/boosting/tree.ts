import type { ColumnSpec } from '../column-spec.ts';

/**
 * A regression tree over bins, node by node, the root first. A leaf has column -1. A row goes left in a numeric column
 * when its bin is at most `bin` (a missing one, bin 0, when `missingLeft` is 1), in a categorical one when it is `bin`.
 */
export interface Tree {
  readonly column: number[];
  readonly bin: number[];
  readonly missingLeft: number[];
  readonly left: number[];
  readonly right: number[];
  /** What a leaf adds to the logit. */
  readonly value: number[];
}

/** How a node parts its rows. */
export interface Split {
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

export function goesLeft(bin: number, split: Split, kind: ColumnSpec['kind']): boolean {
  if (kind === 'category') return bin === split.bin;
  return bin === 0 ? split.missingLeft : bin <= split.bin;
}

/** Adds the tree's leaf values to `logits`, row by row. */
export function addTree(
  tree: Tree,
  bins: readonly Uint8Array[],
  kinds: readonly ColumnSpec['kind'][],
  logits: Float64Array,
): void {
  for (let row = 0; row < logits.length; row++) {
    let node = 0;
    for (let column = tree.column[0]; column >= 0; column = tree.column[node]) {
      const bin = bins[column][row];
      const isLeft =
        kinds[column] === 'category'
          ? bin === tree.bin[node]
          : bin === 0
            ? tree.missingLeft[node] === 1
            : bin <= tree.bin[node];
      node = isLeft ? tree.left[node] : tree.right[node];
    }
    logits[row] += tree.value[node];
  }
}
