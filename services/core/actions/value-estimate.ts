/** Mean reward per row that a policy would have earned, and what each row says about it. */
export interface ValueEstimate {
  readonly value: number;
  /** Influence of each row on `value`; their mean is 0. Its spread is the error of the estimate. */
  readonly influence: Float64Array;
}
