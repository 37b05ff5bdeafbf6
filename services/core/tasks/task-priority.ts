import type { Score } from '../scoring/score.ts';

/**
 * Order of work in a queue, higher first: the money expected to be lost, churn probability (90 days) times expected spend
 * (90 days, major units, never below 0). Without an expected spend the probability alone, between 0 and 1.
 */
export function taskPriority(score: Score): number {
  const spend = score.expectedSpend90d;
  return spend === null ? score.churn.p90 : score.churn.p90 * Math.max(spend.mean, 0);
}
