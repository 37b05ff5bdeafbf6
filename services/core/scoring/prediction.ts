/** What a model says about one customer, in doubles. */
export interface Prediction {
  /** P(no purchase within the next h days); p30 >= p60 >= p90. */
  readonly churn: { readonly p30: number; readonly p60: number; readonly p90: number };
  /** Gross spend within the next 90 days, in major units of the model's currency. */
  readonly expectedSpend: { readonly mean: number; readonly median: number };
  /** Expected number of days with a purchase within the next 90 days. */
  readonly expectedPurchases: number;
}
