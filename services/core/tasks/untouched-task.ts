import type { RetentionTask } from './retention-task.ts';

/** What a task has of no step, person or timer yet. */
export const untouchedTask = {
  queue: null,
  playbookVersion: null,
  segment: null,
  causes: [],
  considered: [],
  offer: null,
  step: null,
  snoozedUntil: null,
  claimedUntil: null,
  escalations: 0,
  warnedAt: null,
  breachedAt: null,
  respondedAt: null,
  resolvedAt: null,
  contacts: [],
  calls: [],
  measured: null,
  holdoutShare: 0,
  change: null,
  changedBy: null,
  note: null,
  endedAt: null,
} satisfies Partial<RetentionTask>;
