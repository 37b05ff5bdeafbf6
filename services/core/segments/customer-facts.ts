/** What segmentation reads of a customer besides the feature vector, by name, in the order of `writeFacts`. */
export const factNames = [
  'gap_median', 'churn_90', 'expected_spend_90d', 'expected_purchases_90d', 'lifetime_value',
] as const; // prettier-ignore

/** Those that a model says: undefined while its answer cannot be trusted. */
export const predictedFacts: ReadonlySet<string> = new Set([
  'churn_90',
  'expected_spend_90d',
  'expected_purchases_90d',
  'lifetime_value',
]);

export interface CustomerFacts {
  /** Raw feature vector, in the order of `featureNames`, beginning at `at`. */
  readonly features: Float64Array;
  readonly at: number;
  /** Days; NaN below two purchase days (`gap-median.ts`). */
  readonly gapMedian: number;
  /** Null while the model's answer cannot be trusted. */
  readonly prediction: {
    readonly churn: { readonly p90: number };
    readonly expectedSpend: { readonly mean: number };
    readonly expectedPurchases: number;
  } | null; // prettier-ignore
  /** Mean of the lifetime value, major units; null while it is not known. */
  readonly lifetimeValue: number | null;
}
