/**
 * Rows of a logged experiment by column; row `i` is one customer (or one contact of one) to whom chance gave an arm.
 * Arms are positions in `arms`; a matrix over rows and arms is row-major: `[i * arms.length + arm]`.
 */
export interface ExperimentLog {
  readonly arms: readonly string[];
  readonly arm: Int32Array;
  /** Probability with which the logged arm was given, above 0 and at most 1. */
  readonly propensity: Float64Array;
  /** What came of it; more is better. Any unit. */
  readonly reward: Float64Array;
  /** Whose row it is, counted from 0: rows of one customer are not independent of each other. */
  readonly customer: Int32Array;
}
