import type { ColumnSpec } from '../column-spec.ts';
import { addTree, type Tree } from './tree.ts';

/** Base and trees that were kept of one boosting. */
export interface Forest {
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** Logits of `rows` binned rows. */
export function predictTrees(
  { base, trees }: Forest,
  rows: number,
  bins: readonly Uint8Array[],
  columns: readonly ColumnSpec[],
): Float64Array {
  const logits = new Float64Array(rows).fill(base);
  const kinds = columns.map(({ kind }) => kind);
  for (const tree of trees) addTree(tree, bins, kinds, logits);
  return logits;
}
