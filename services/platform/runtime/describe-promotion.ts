import type { Promotion } from './promotion-file.ts';

/** What a comparison found, in one sentence. */
export function describePromotion({ promoted, against, rows, measuredAt, auc, logLoss, forced }: Promotion): string {
  const found = promoted && forced === null ? 'not worse than' : 'worse than';
  const reason = forced === null ? '' : `; forced: ${forced}`;
  return `${found} ${against} on the same ${rows} customers at ${measuredAt} (AUC ${show(auc)}, log loss ${show(logLoss)}${reason}).`;
}

function show({ difference, low, high }: Promotion['auc']): string {
  return `${signed(difference)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}
