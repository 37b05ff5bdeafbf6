import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { untouchedTask } from '../../services/core/tasks/untouched-task.ts';
import { aScore } from './score-builder.ts';

/** An open task of the default customer, opened on 2026-01-15 at noon UTC. */
export function aTask(overrides: Partial<RetentionTask> = {}): RetentionTask {
  const createdAt = overrides.createdAt ?? Date.UTC(2026, 0, 15, 12);
  const { tenant, surrogate, customerRef } = aScore();
  return {
    ...untouchedTask,
    taskId: 'c'.repeat(32),
    version: 1,
    ...{ tenant, surrogate, customerRef, trigger: 'churn-risk', playbook: 'save-at-risk', episode: 1, priority: 10 },
    ...{ status: 'open', owner: 'service', createdAt, updatedAt: createdAt, respondBy: null, resolveBy: null },
    ...{
      score: aScore(),
      textEn: 'Get in touch.',
      textZhCN: '联系客户。',
      arm: 'treated',
      outcome: null,
      reasons: null,
    },
    change: 'opened',
    ...overrides,
  };
}
