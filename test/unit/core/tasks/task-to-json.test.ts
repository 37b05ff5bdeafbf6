import { describe, expect, it } from 'vitest';
import { emptyTaskState } from '../../../../services/core/tasks/task-state.ts';
import { taskToJson } from '../../../../services/core/tasks/task-to-json.ts';
import { applyScoreToTasks } from '../../../support/apply-to-tasks.ts';
import { aScore } from '../../../support/score-builder.ts';

describe('a task as JSON', () => {
  it('has exactly the published fields', () => {
    const [task] = applyScoreToTasks(emptyTaskState(), aScore({ level: 'critical' })).state.outbox;
    expect(taskToJson(task)).toEqual({
      taskId: task.taskId,
      version: 1,
      customerRef: '42',
      customerId: '~00112233445566778899aabbccddeeff',
      tenant: 'demo',
      trigger: 'churn-risk',
      playbook: 'save-at-risk',
      priority: 0.8 * 12_050 * 0.08,
      status: 'open',
      owner: 'service',
      createdAt: '2026-01-15T12:01:00.000Z',
      respondBy: '2026-01-16T12:01:00.000Z',
      resolveBy: '2026-01-18T12:01:00.000Z',
      score: expect.objectContaining({ version: 1, level: 'critical' }),
      reasons: [],
      text: {
        en: 'Critical churn risk: 80% likely to buy nothing within 90 days; expected spend 120.50 GBP. Get in touch, ask what is missing, offer help.',
        'zh-CN':
          '流失风险：紧急，90 天内不再购买的概率为 80%；预期消费 120.50 GBP。联系客户，了解未购买的原因并提供帮助。',
      },
      arm: 'treated',
      outcome: null,
      queue: 'service',
      playbookVersion: '1+test',
      segment: '-/-',
      causes: ['event-1'],
      considered: expect.arrayContaining([expect.objectContaining({ playbook: 'save-price', why: 'other-reasons' })]),
      offer: null,
      step: { index: 0, kind: 'task', since: '2026-01-15T12:01:00.000Z' },
      snoozedUntil: null,
      claimedUntil: null,
      escalations: 0,
      warnedAt: null,
      breachedAt: null,
      respondedAt: null,
      resolvedAt: null,
      endedAt: null,
      contacts: [],
      calls: [],
      measured: null,
      change: 'opened',
      changedBy: null,
      note: null,
    });
  });

  it('shows reasons in both languages and the outcome with its time', () => {
    const reasons = [{ code: 'gap', contribution: 0.3, en: 'a long gap', zhCN: '间隔过长' }];
    const [task] = applyScoreToTasks(emptyTaskState(), aScore({ reasons, expectedSpend90d: null })).state.outbox;
    expect(taskToJson({ ...task, outcome: { result: 'saved', reason: null, at: 0 } })).toMatchObject({
      priority: 0.6 * 0.08,
      reasons: [{ code: 'gap', contribution: 0.3, text: { en: 'a long gap', 'zh-CN': '间隔过长' } }],
      text: {
        en: 'High churn risk: 60% likely to buy nothing within 90 days. Get in touch, ask what is missing, offer help.',
      },
      outcome: { result: 'saved', reason: null, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('hides the link of a survey, with which anybody could answer for the customer', () => {
    const [task] = applyScoreToTasks(emptyTaskState(), aScore()).state.outbox;
    const link = `https://care.example/s/${'a'.repeat(120)}.${'B-_'.repeat(14)}c`;
    const contact = {
      contactId: 'c',
      channel: 'email',
      purpose: 'care' as const,
      en: `Rate us: ${link}`,
      zhCN: link,
      at: 0,
    };
    const shown = JSON.stringify(taskToJson({ ...task, textEn: `Rate us: ${link}`, contacts: [contact] }));
    expect(shown).not.toContain('aaaaaaaaaaaaaaaaaaaa');
    expect(shown.match(/care\.example\/s\/…/g)).toHaveLength(3);
  });
});
