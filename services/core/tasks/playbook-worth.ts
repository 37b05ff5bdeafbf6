import { currencyExponent, minorPerMajor } from '../events/money.ts';
import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { taskWorth } from '../queues/task-worth.ts';
import type { Score } from '../scoring/score.ts';
import type { MinorUnits } from '../units.ts';

const mostMinor = Number.MAX_SAFE_INTEGER;

/** What following a playbook is worth for a customer with this score, in minor units of the reporting currency. */
export function playbookWorth({ expectedEffect, offer }: ServedPlaybook, score: Score): number {
  const cost = offer?.costMinor ?? 0;
  return taskWorth({ churn: score.churn.p90, value: valueAtStake(score), expectedEffect, cost });
}

/** Lifetime value where a model says, else what the customer is expected to spend within 90 days. */
function valueAtStake({ clv, expectedSpend90d }: Score): MinorUnits | null {
  const value = clv ?? expectedSpend90d;
  if (value === null) return null;
  const minor = Math.round(value.mean * minorPerMajor(currencyExponent(value.currency) ?? 2));
  // Models may expect any amount; sums of money are no larger than this.
  return Math.max(-mostMinor, Math.min(mostMinor, minor));
}

/**
 * Order of work in a queue, higher first: what the task is worth; where no value is known, the churn that it takes away,
 * between 0 and 1, so that such tasks still have an order of their own.
 */
export function taskPriority(playbook: ServedPlaybook, score: Score): number {
  return valueAtStake(score) === null ? score.churn.p90 * playbook.expectedEffect : playbookWorth(playbook, score);
}
