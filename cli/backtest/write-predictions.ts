import { rename, writeFile } from 'node:fs/promises';
import type { CustomerPrediction } from '../../models/backtest/customer-prediction.ts';
import { usageError } from '../usage-error.ts';

const header = 'customer_id,p_churn,p_active,exp_spend,exp_spend_median,exp_n';

/** One row per customer; the file appears whole or not at all. */
export async function writePredictions(file: string, predictions: readonly CustomerPrediction[]): Promise<void> {
  const lines = predictions.map(({ customer, churn, spendMean, spendMedian, purchaseDays }) =>
    [toCell(customer), churn, 1 - churn, spendMean, spendMedian, purchaseDays].join(','),
  );
  try {
    await writeFile(`${file}.partial`, `${[header, ...lines].join('\n')}\n`);
    await rename(`${file}.partial`, file);
  } catch (cause) {
    throw usageError(`--out ${file} cannot be written; give a file in a directory that exists.`, cause);
  }
}

function toCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
