/** A numeric input. Its bin is 0 where it is missing, else 1 + the number of `edges` below the value. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** Ascending thresholds of the trees. */
  readonly edges: readonly number[];
  /** Ascending quantiles between which the nets see the value piecewise linear (PLE, Gorishniy et al. 2022). */
  readonly knots: readonly number[];
}

/** A categorical input. Its bin is 0 where it is missing, 1 for values not listed, else 2 + the place in `values`. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly values: readonly string[];
}

export type ColumnSpec = NumberColumn | CategoryColumn;

/** Bins of a column, 0 to `binCount - 1`. */
export function binCount(column: ColumnSpec): number {
  return column.kind === 'number' ? column.edges.length + 2 : column.values.length + 2;
}
