import type { Level } from '../scoring/level.ts';
import type { EpochMs } from '../units.ts';
import type { TaskTrigger } from './task-trigger.ts';

export interface TaskDeadlines {
  readonly respondBy: EpochMs | null;
  readonly resolveBy: EpochMs | null;
}

/**
 * Deadlines after a score of `level` at time `at`. The terms of a level run from the moment it is reached, and a promise
 * once made is never moved later: a rise from high to critical brings the deadlines forward (or leaves them where they
 * are, when the old ones come first), a fall leaves them alone.
 * @param before deadlines of the task so far; both null for a new task
 */
export function taskDeadlines(trigger: TaskTrigger, level: Level, at: EpochMs, before: TaskDeadlines): TaskDeadlines {
  const { respondBy, resolveBy } = before;
  if (level !== 'high' && level !== 'critical') return { respondBy, resolveBy };
  const terms = trigger.terms[level];
  return {
    respondBy: Math.min(respondBy ?? Infinity, at + terms.respondWithinMs),
    resolveBy: Math.min(resolveBy ?? Infinity, at + terms.resolveWithinMs),
  };
}
