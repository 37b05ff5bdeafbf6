/** A figure that is read from the heads of a model and can be derived by them. */
export interface ExplainedFigure {
  /** The figure of the row of raw heads (order of `modelOutputs`) that begins at `at`. */
  value(heads: ArrayLike<number>, at: number): number;
  /** Writes the derivative of the figure by each head to `out[at…]`, for the row of heads that begins at `at`. */
  derive(heads: ArrayLike<number>, out: Float32Array, at: number): void;
}
