import { describe, expect, it } from 'vitest';
import type { PlaybookRule } from '../../../../services/core/playbooks/playbook-document.ts';
import type { TaskInput } from '../../../../services/core/tasks/task-input.ts';
import type { TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks } from '../../../support/apply-to-tasks.ts';
import { caseCommand, caseEvent } from '../../../support/case-inputs.ts';
import { shippedPlaybooks, taskRules } from '../../../support/task-rules.ts';

/** Noon of a Thursday, in hours since 1970. */
const begin = 12;
const concern = { nature: 'product', weight: 'urgent', isComplaint: false, channel: 'call' } as const;
const event = (type: string, hours: number): TaskInput => ({
  kind: 'event',
  event: caseEvent(type, hours),
  place: { logId: 'log', offset: hours },
});
const command = (...given: Parameters<typeof caseCommand>): TaskInput => ({
  kind: 'command',
  command: caseCommand(...given),
  place: { logId: 'log', offset: given[1] },
});
const newest = (state: TaskState, trigger: string) =>
  state.triggers.find((each) => each.trigger === trigger)?.tasks.at(-1);

describe('the task about a stuck case', () => {
  const opened = command('case-open', begin, concern);
  const stuck: TaskInput = { kind: 'time', at: (begin + 5) * 3_600_000 };

  it.each([
    ['an event', event('case.resolved', begin + 6)],
    ['a command', command('case-resolve', begin + 6)],
  ])('is withdrawn once %s says that the case is solved', (_by, solved) => {
    const before = applyAllToTasks([opened, stuck]);
    expect(newest(before, 'stuck-case')?.status).toBe('open');
    const after = applyAllToTasks([solved], undefined, before);
    expect(newest(after, 'stuck-case')).toMatchObject({ status: 'retracted', change: 'stopped-by-case.resolved' });
  });
});

describe('a playbook that an event asks for', () => {
  it('leaves a word in the audit log where contact was measured to harm such customers', () => {
    const delay: PlaybookRule = { ...shippedPlaybooks.playbooks['care-before-asked'], purpose: 'care' };
    const rules = taskRules({ playbooks: { delay }, harms: () => new Set(['delay|-/-']) });
    const state = applyAllToTasks([event('order.delayed', begin)], rules);
    expect(state.audits.filter(({ reason }) => reason === 'harms')).toHaveLength(1);
  });
});
