import type { CustomerPrediction } from '../../models/backtest/customer-prediction.ts';
import type { LifetimeValue } from '../../services/core/value/create-valuer.ts';
import { csvLine } from '../csv-line.ts';
import { writeOutFile } from '../write-out-file.ts';

const header = ['customer_id', 'p_churn', 'p_active', 'exp_spend', 'exp_spend_median', 'exp_n'];

const valueHeader = ['clv_mean', 'clv_low', 'clv_high'];

/**
 * One row per customer.
 * @param values in the order of the predictions; null leaves their columns out
 */
export async function writePredictions(
  file: string,
  predictions: readonly CustomerPrediction[],
  values: readonly LifetimeValue[] | null,
): Promise<void> {
  const lines = predictions.map(({ customer, churn, spendMean, spendMedian, purchaseDays }, i) => {
    const value = values === null ? [] : [values[i].mean, values[i].low, values[i].high];
    return csvLine([customer, ...[churn, 1 - churn, spendMean, spendMedian, purchaseDays, ...value].map(String)]);
  });
  await writeOutFile(file, [csvLine(values === null ? header : [...header, ...valueHeader]), ...lines].join(''));
}
