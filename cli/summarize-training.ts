import type { ModelManifest } from '../services/core/scoring/model-manifest.ts';

/** What `train` prints when it is done: the figures of the rehearsal, next to what needs no model. */
export function summarizeTraining({ name, version, metrics, trainedOn }: ModelManifest, dir: string): string {
  const figure = (key: string): string => (metrics[key] ?? NaN).toFixed(4);
  return [
    `Model ${name}/${version} written to ${dir}`,
    `Measured on ${metrics['rows']} customers at ${trainedOn['measuredAt']}, by nets that saw nothing of it:`,
    `  AUC 90 days     ${figure('auc90')}  (recency alone ${figure('auc90RecencyAlone')})`,
    `  Brier           ${figure('brier90')}  (base rate ${figure('brier90BaseRate')})`,
    `  log loss        ${figure('logLoss90')}  (base rate ${figure('logLoss90BaseRate')})`,
    `  ECE10           ${figure('ece10')}`,
    `  spend Gini      ${figure('spendGini')}  (last year's spend ${figure('spendGiniLastYear')})`,
    `  spend MAE       ${figure('spendMae')}, of the median ${figure('spendMaeMedian')}  (last year's spend ${figure('spendMaeLastYear')})`,
    `  decile MAPE     ${figure('spendDecileMape')}, total off by ${figure('spendBias')}`,
    '',
  ].join('\n');
}
