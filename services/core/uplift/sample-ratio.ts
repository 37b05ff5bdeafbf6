import { alwaysValidHalfWidth } from './effect.ts';

/** How the customers of a playbook came to lie in the arms. */
export interface SampleRatio {
  /** Share of the holdout among all, as observed; NaN while there are none. */
  readonly observed: number;
  readonly expected: number;
  /** Whether the difference is more than chance makes it, however often it is looked at: then no effect can be trusted. */
  readonly isMismatch: boolean;
}

/** Checks the arms against the share they were assigned with; looked at daily it still errs in 5 % of playbooks only. */
export function sampleRatio(customers: { treated: number; holdout: number }, holdoutShare: number): SampleRatio {
  const count = customers.treated + customers.holdout;
  const observed = customers.holdout / count;
  const halfWidth = alwaysValidHalfWidth(count, holdoutShare * (1 - holdoutShare));
  return { observed, expected: holdoutShare, isMismatch: count > 0 && Math.abs(observed - holdoutShare) > halfWidth };
}
