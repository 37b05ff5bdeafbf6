import { untouchedTask } from '../../services/core/tasks/untouched-task.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { aScore } from './score-builder.ts';

const score = aScore();

/** A treated task of the playbook `wake-dormant`, open since 2026-01-15, with an offer that costs 5.00. */
export function aTask(overrides: Partial<RetentionTask> = {}): RetentionTask {
  const createdAt = overrides.createdAt ?? Date.UTC(2026, 0, 15, 12);
  return {
    ...untouchedTask,
    taskId: '1'.repeat(32),
    version: 1,
    tenant: 'demo',
    surrogate: score.surrogate,
    customerRef: null,
    trigger: 'wake-dormant',
    playbook: 'wake-dormant',
    episode: 1,
    priority: 1,
    status: 'open',
    owner: 'marketing',
    createdAt,
    updatedAt: createdAt,
    respondBy: null,
    resolveBy: null,
    score,
    textEn: 'Get in touch.',
    textZhCN: '联系客户。',
    arm: 'treated',
    outcome: null,
    reasons: null,
    segment: 'value3.high/dormant',
    offer: { en: 'Coupon', zhCN: '优惠券', costMinor: 500 },
    holdoutShare: 0.2,
    ...overrides,
  };
}
