import type { Level } from './level.ts';

/**
 * How far the 90-day churn probability must have moved since the last score before silence alone is worth a new one.
 * Smaller steps would publish nearly every customer every day.
 */
export const scoreStep = 0.02;

interface Risk {
  readonly level: Level;
  readonly churn90: number;
}

/** Whether a customer's risk differs enough from what was last published: another level, or more than a step. */
export function hasMoved(last: Risk | null, now: Risk): boolean {
  return last === null || last.level !== now.level || Math.abs(now.churn90 - last.churn90) > scoreStep;
}
