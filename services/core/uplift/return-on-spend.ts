import type { MinorUnits } from '../units.ts';
import type { Effect } from './effect.ts';

/** What a playbook earned beyond what would have come anyway. */
export interface ReturnOnSpend {
  /** Margin gained by treating, in minor units of the reporting currency: effect × treated customers. */
  readonly incrementalMargin: MinorUnits;
  readonly low: MinorUnits;
  readonly high: MinorUnits;
  readonly cost: MinorUnits;
  /** (margin − cost) ÷ cost; null while nothing was spent. */
  readonly ratio: number | null;
}

/** Return on what a playbook cost, from its effect on the margin of one customer in minor units. */
export function returnOnSpend(margin: Effect, cost: MinorUnits): ReturnOnSpend {
  const { treated } = margin.customers;
  const incrementalMargin = Math.round(margin.difference * treated);
  return {
    incrementalMargin,
    low: Math.round(margin.low * treated),
    high: Math.round(margin.high * treated),
    cost,
    ratio: cost > 0 ? (incrementalMargin - cost) / cost : null,
  };
}
