import { describe, expect, it } from 'vitest';
import type { RetentionCommand } from '../../../../services/core/commands/retention-command.ts';
import type { Level } from '../../../../services/core/scoring/level.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import type { TaskInput } from '../../../../services/core/tasks/task-input.ts';
import { emptyTaskState, type TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks } from '../../../support/apply-to-tasks.ts';
import { aRecord } from '../../../support/builders.ts';
import { aCommand } from '../../../support/command-builder.ts';
import { aScore } from '../../../support/score-builder.ts';

const hourMs = 3_600_000;
/** A Friday. */
const begin = Date.UTC(2026, 0, 16, 12);
let offset = 0;

/** Plays a customer's hours; inputs are given the task that is newest by then. */
function play(steps: readonly (readonly [hour: number, (at: number, task: RetentionTask) => TaskInput])[]): TaskState {
  return steps.reduce((state, [hour, make]) => {
    const tasks = state.triggers.flatMap((each) => each.tasks);
    const [task] = tasks.toSorted((one, other) => other.createdAt - one.createdAt);
    return applyAllToTasks([make(begin + hour * hourMs, task)], undefined, state);
  }, emptyTaskState());
}

const scored = (level: Level) => (at: number) => {
  offset += 1;
  const reasons = [{ code: 'experience', contribution: 1, en: 'x', zhCN: 'x' }];
  return { kind: 'score', score: aScore({ level, reasons, stateVersion: offset, receivedAt: at }) } as const;
};

const command = (patch: Partial<RetentionCommand>, forHours: number | null) => (at: number, task: RetentionTask) => {
  offset += 1;
  const until = forHours === null ? null : at + forHours * hourMs;
  const made = aCommand({ at, taskId: task.taskId, until, ...patch });
  return { kind: 'command', command: made, place: { logId: 'log', offset } } as const;
};
const pause = (forHours: number) => command({ verb: 'snooze', state: 'waiting-for-customer' }, forHours);
const settle = command({ verb: 'resolve', result: 'kept' }, null);
const time = (at: number) => ({ kind: 'time', at }) as const;

function newest(state: TaskState, trigger: string): RetentionTask | undefined {
  return state.triggers.find((each) => each.trigger === trigger)?.tasks.at(-1);
}

const hoursOf = (at: number | null | undefined) => (at == null ? at : (at - begin) / hourMs);

describe('a task that waits for somebody else', () => {
  it('stops its clocks also where the level that it has fallen to has no terms', () => {
    const state = play([[0, scored('high')], [10, scored('watch')], [20, pause(100)], [121, time]]); // prettier-ignore
    const task = newest(state, 'churn-risk');
    expect([hoursOf(task?.respondBy), hoursOf(task?.resolveBy)]).toEqual([148, 268]);
  });

  it('starts them again also where the level has fallen in between', () => {
    const state = play([[0, scored('high')], [20, pause(100)], [30, scored('watch')], [121, time]]); // prettier-ignore
    expect(hoursOf(newest(state, 'churn-risk')?.respondBy)).toBe(148);
  });

  it('has no more left than the terms of a higher level that is reached in between', () => {
    const state = play([[0, scored('high')], [2, pause(100)], [60, scored('critical')], [103, time]]); // prettier-ignore
    const task = newest(state, 'churn-risk');
    expect([hoursOf(task?.respondBy), hoursOf(task?.resolveBy)]).toEqual([102 + 24, 102 + 72]);
  });

  it('keeps what is left where that is less than the terms of the higher level', () => {
    const state = play([[0, scored('high')], [40, pause(100)], [60, scored('critical')], [141, time]]); // prettier-ignore
    expect(hoursOf(newest(state, 'churn-risk')?.respondBy)).toBe(148);
  });

  it('counts a follow-up in its own time, not in the working days of its playbook', () => {
    const complaint = (at: number) => {
      offset += 1;
      const attributes = [{ name: 'isComplaint', value: true }, { name: 'caseId', value: 'c' }]; // prettier-ignore
      const event = aRecord({ type: 'case.opened', attributes, occurredAt: at, receivedAt: at });
      return { kind: 'event', event, place: { logId: 'log', offset } } as const;
    };
    const state = play([[0, complaint], [1, settle], [2, pause(10)], [13, time]]); // prettier-ignore
    const task = newest(state, 'complaint-handling.follow-up');
    expect([hoursOf(task?.respondBy), hoursOf(task?.resolveBy)]).toEqual([1 + 72 + 10, 1 + 120 + 10]);
  });
});
