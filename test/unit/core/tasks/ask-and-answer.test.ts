import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import type { TaskInput } from '../../../../services/core/tasks/task-input.ts';
import { emptyTaskState, type TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks, applyToTasks } from '../../../support/apply-to-tasks.ts';
import { aRecord } from '../../../support/builders.ts';
import { aCommand } from '../../../support/command-builder.ts';
import { taskRules } from '../../../support/task-rules.ts';

const hourMs = 3_600_000;
/** A Friday noon: no quiet hour. */
const begin = Date.UTC(2026, 0, 16, 12);
const place = (offset: number) => ({ logId: 'log', offset });

function happened(type: CustomerRecord['type'], hour: number, properties: Record<string, string | number>): TaskInput {
  const attributes = Object.entries(properties).map(([name, value]) => ({ name, value }));
  const at = begin + hour * hourMs;
  return { kind: 'event', event: aRecord({ type, attributes, occurredAt: at, receivedAt: at }), place: place(hour) };
}

const delivered = happened('order.fulfilled', 0, { orderId: 'o-1' });
const fourDaysLater: TaskInput = { kind: 'time', at: begin + 96 * hourMs };
const tasksOf = (state: TaskState, trigger: string) =>
  state.triggers.filter((each) => each.trigger === trigger).flatMap(({ tasks }) => tasks);

describe('a survey that is due', () => {
  it('goes out once, as the message of a task that asks nothing of anybody', () => {
    const [asked, ...more] = tasksOf(applyAllToTasks([delivered, fourDaysLater, fourDaysLater]), 'survey');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ status: 'resolved', owner: null, playbook: 'survey-after-order', priority: 0 });
    expect(asked.contacts).toMatchObject([{ at: begin + 72 * hourMs, purpose: 'care' }]);
  });

  it('is not asked beyond the caps, and the audit log says so', () => {
    const caps = [{ purposes: ['care' as const], channel: null, most: 0, within: '1d' }];
    const rules = taskRules({ caps });
    const state = applyAllToTasks([delivered, fourDaysLater], rules);
    expect(tasksOf(state, 'survey')).toEqual([]);
    const withheld = { action: 'ask', result: 'withheld', reason: 'capped', playbook: 'survey-after-order' };
    expect(state.audits).toContainEqual(expect.objectContaining(withheld));
  });

  it('is not asked of customers who want to be left alone, and the audit log says so', () => {
    const peace = aCommand({ verb: 'leave-alone', taskId: null, at: begin + hourMs, until: begin + 200 * hourMs });
    const state = applyAllToTasks([delivered, { kind: 'command', command: peace, place: place(1) }]);
    const later = applyToTasks(state, fourDaysLater).state;
    expect(tasksOf(later, 'survey')).toEqual([]);
    const withheld = { action: 'ask', result: 'withheld', reason: 'leave-alone', playbook: 'survey-after-order' };
    expect(later.audits).toContainEqual(expect.objectContaining(withheld));
  });
});

describe('a low answer', () => {
  it('opens a case and a task in the step in which it is read', () => {
    const answer = { surveyKind: 'csat', surveyScore: 1, surveyId: 'q-1' };
    const { state } = applyToTasks(emptyTaskState(), happened('survey.answered', 0, answer));
    expect(tasksOf(state, 'low-score-recovery')).toMatchObject([{ status: 'open', createdAt: begin }]);
    expect(state.cases.cases).toMatchObject([{ case: { channel: 'survey' } }]);
  });
});
