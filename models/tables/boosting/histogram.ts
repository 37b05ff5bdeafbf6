/** Sums of a node's rows by column and bin; column c's bins begin at `offsets[c]`. */
export interface Histogram {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly counts: Int32Array;
}

/** What the sums are made of. */
export interface HistogramSource {
  readonly bins: readonly Uint8Array[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** @param columns which columns are summed; the others stay 0 */
export function sumHistogram(source: HistogramSource, rows: Int32Array, columns: readonly number[]): Histogram {
  const { bins, offsets, size, gradients, hessians } = source;
  const sums = { gradients: new Float64Array(size), hessians: new Float64Array(size), counts: new Int32Array(size) };
  for (const column of columns) {
    const own = bins[column];
    const offset = offsets[column];
    for (const row of rows) {
      const at = offset + own[row];
      sums.gradients[at] += gradients[row];
      sums.hessians[at] += hessians[row];
      sums.counts[at] += 1;
    }
  }
  return sums;
}

/** Turns the sums of a parent into those of one child by taking off those of the other. */
export function subtractHistogram(parent: Histogram, child: Histogram): Histogram {
  const { gradients, hessians, counts } = parent;
  for (let i = 0; i < counts.length; i++) {
    if (child.counts[i] === 0) continue;
    gradients[i] -= child.gradients[i];
    hessians[i] -= child.hessians[i];
    counts[i] -= child.counts[i];
  }
  return parent;
}
