import type { LevelCutoff } from '../../services/core/events/customer-record.ts';

/** Share of the active customers that lies at or above each level when the model is made: the alert budget. */
const budget = [
  { level: 'watch', share: 0.4 },
  { level: 'high', share: 0.2 },
  { level: 'critical', share: 0.07 },
] as const;

/** How far a probability must fall below the entry before a level is left. */
const hysteresis = 0.05;
/** Levels keep at least this distance, also where the probabilities of a small data set coincide. */
const minDistance = 1e-3;

/** Entries are quantiles of the 90-day churn probability; exits lie below them, and both rise strictly. */
export function fitLevelCutoffs(churn90: readonly number[]): LevelCutoff[] {
  const sorted = churn90.toSorted((a, b) => a - b);
  const cutoffs: LevelCutoff[] = [];
  for (const [i, { level, share }] of budget.entries()) {
    const quantile = sorted[sorted.length - Math.ceil(share * sorted.length)] ?? 0.5;
    const lowest = (cutoffs.at(-1)?.enter ?? 0) + minDistance;
    const highest = 1 - (budget.length - i) * minDistance;
    const enter = Math.min(Math.max(quantile, lowest), highest);
    cutoffs.push({ level, enter, exit: Math.max(enter - hysteresis, enter / 2) });
  }
  return cutoffs;
}
