import type { CustomerPrediction } from '../../models/backtest/customer-prediction.ts';
import { csvLine } from '../csv-line.ts';
import { writeOutFile } from '../write-out-file.ts';

const header = ['customer_id', 'p_churn', 'p_active', 'exp_spend', 'exp_spend_median', 'exp_n'];

/** One row per customer. */
export async function writePredictions(file: string, predictions: readonly CustomerPrediction[]): Promise<void> {
  const lines = predictions.map(({ customer, churn, spendMean, spendMedian, purchaseDays }) =>
    csvLine([customer, ...[churn, 1 - churn, spendMean, spendMedian, purchaseDays].map(String)]),
  );
  await writeOutFile(file, [csvLine(header), ...lines].join(''));
}
