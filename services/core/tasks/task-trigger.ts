import type { Level } from '../scoring/level.ts';
import type { DurationMs } from '../units.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How soon a person answers and settles a task, counted from the moment its level was reached. */
export interface TaskTerms {
  readonly respondWithinMs: DurationMs;
  readonly resolveWithinMs: DurationMs;
}

/** A reason to open retention tasks: when, with which playbook, for whom and how soon. */
export interface TaskTrigger {
  readonly name: string;
  readonly playbook: string;
  /** Queue that owns a new task. */
  readonly owner: string;
  /** Lowest level that opens a task. */
  readonly opensAt: Level;
  readonly terms: { readonly high: TaskTerms; readonly critical: TaskTerms };
}

/** The customer is likely to leave: save playbook, first answer within 48 hours, within 24 hours when critical. */
export const churnRiskTrigger: TaskTrigger = {
  name: 'churn-risk',
  playbook: 'save-at-risk',
  owner: 'care',
  opensAt: 'high',
  terms: {
    high: { respondWithinMs: 48 * hourMs, resolveWithinMs: 7 * dayMs },
    critical: { respondWithinMs: 24 * hourMs, resolveWithinMs: 3 * dayMs },
  },
};
