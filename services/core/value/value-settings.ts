/** What a business says of how its customers' value is counted; from the segment configuration, pinned in the log. */
export interface ValueSettings {
  /** Share of gross spend that counts as value, above 0 and at most 1; 1 counts revenue. */
  readonly margin: number;
  /** Per year, 0 or more: money a year later is worth 1 / (1 + rate) of money today. */
  readonly discountRate: number;
  /** Days that the value looks ahead; not less than the model's own horizon. */
  readonly horizonDays: number;
  /** Probability that the interval is to hold the true value, between 0 and 1. */
  readonly coverage: number;
  /**
   * Variance, on the scale of logarithms, that is added to what a buy-till-you-die model says of one customer's value,
   * because it takes habits for unchanging; ≥ 0.
   */
  readonly drift: number;
}
