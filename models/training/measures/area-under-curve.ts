import { rankValues } from './rank-values.ts';

/** Area under the ROC curve: P(a positive scores above a negative), ties half. NaN without both classes. */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<boolean>): number {
  const ranks = rankValues(scores);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < labels.length; i++) {
    if (!labels[i]) continue;
    positives += 1;
    rankSum += ranks[i];
  }
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
