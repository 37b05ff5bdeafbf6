import type { Prediction } from '../../services/core/scoring/prediction.ts';

/** What is expected of one customer in the days after the cut. */
export interface CustomerPrediction {
  readonly customer: string;
  /** Probability of no purchase. */
  readonly churn: number;
  /** Gross spend, major units. */
  readonly spendMean: number;
  readonly spendMedian: number;
  /** Days with a purchase. */
  readonly purchaseDays: number;
}

/** The prediction of a model for its whole horizon. */
export function toCustomerPrediction(customer: string, prediction: Prediction): CustomerPrediction {
  const { churn, expectedSpend, expectedPurchases } = prediction;
  return {
    customer,
    churn: churn.p90,
    spendMean: expectedSpend.mean,
    spendMedian: expectedSpend.median,
    purchaseDays: expectedPurchases,
  };
}
