import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDueAt } from '../../../services/core/tasks/apply-input.ts';
import { decodeTaskState } from '../../../services/core/tasks/decode-task-state.ts';
import { encodeTaskState } from '../../../services/core/tasks/encode-task-state.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import type { TaskInput } from '../../../services/core/tasks/task-input.ts';
import { emptyTaskState, type TaskState } from '../../../services/core/tasks/task-state.ts';
import { isFinal, taskStatuses } from '../../../services/core/tasks/task-status.ts';
import { applyToTasks } from '../../support/apply-to-tasks.ts';
import { careHistory, careInputs } from '../../support/care-inputs.ts';
import { runs } from '../../support/property-runs.ts';
import { taskRules } from '../../support/task-rules.ts';

const rules = taskRules({ holdout: 0.2, timezone: 'Europe/Berlin' });
const key = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };

/** The inputs of a history, and the state after each of them. */
function follow(
  history: Parameters<typeof careInputs>[0],
  each: (state: TaskState, input: TaskInput) => void = () => {},
) {
  let state = emptyTaskState();
  const inputs = careInputs(history, (input) => {
    state = applyToTasks(state, input, rules).state;
    each(state, input);
    return state;
  });
  return { inputs, state };
}

function applyAll(inputs: readonly TaskInput[], from = emptyTaskState()): TaskState {
  return inputs.reduce((state, input) => applyToTasks(state, input, rules).state, from);
}

function timeOf(input: TaskInput): number {
  if (input.kind === 'score') return input.score.receivedAt;
  if (input.kind === 'event') return input.event.receivedAt;
  return input.kind === 'segments' ? input.segments.at : input.kind === 'command' ? input.command.at : input.at;
}

/** States are compared without the time last looked at. */
function told(state: TaskState) {
  const triggers = state.triggers.map((each) => ({
    ...each,
    tasks: each.tasks.map(({ taskId, status }) => [taskId, status]),
  }));
  return { ...state, at: 0, outbox: [], audits: [], triggers };
}

describe('what happens to a customer', () => {
  it('leaves at most one task open in each trigger, and versions without gaps', () => {
    fc.assert(
      fc.property(careHistory, (history) => {
        const published = follow(history, (state) => {
          for (const { tasks, run } of state.triggers) {
            const open = tasks.filter(({ status }) => !isFinal(status));
            expect(open.length).toBeLessThanOrEqual(1);
            expect(open.length === 1).toBe(run !== null);
            expect(open.every((task) => task === tasks.at(-1))).toBe(true);
          }
        }).state.outbox;
        const versions = new Map<string, number>();
        for (const { taskId, version } of published) {
          expect(version).toBe((versions.get(taskId) ?? 0) + 1);
          versions.set(taskId, version);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('takes tasks along their life only forwards, but for a claim that lapses or is escalated', () => {
    fc.assert(
      fc.property(careHistory, (history) => {
        const last = new Map<string, RetentionTask>();
        for (const task of follow(history).state.outbox) {
          const before = last.get(task.taskId);
          last.set(task.taskId, task);
          if (before === undefined) continue;
          if (isFinal(before.status)) expect(task.status).toBe(before.status);
          const isBack = taskStatuses.indexOf(task.status) < taskStatuses.indexOf(before.status);
          if (isBack) expect([before.status, task.status]).toEqual(['claimed', 'open']);
          expect(task.escalations).toBeGreaterThanOrEqual(before.escalations);
          expect(task.contacts.slice(0, before.contacts.length)).toEqual(before.contacts);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('does not depend on how often or how late anybody looks at the time', () => {
    fc.assert(
      fc.property(
        careHistory,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        (history, looks) => {
          const { inputs, state } = follow(history);
          const watched = inputs.flatMap((input, i) => {
            const before = i === 0 ? timeOf(input) : timeOf(inputs[i - 1]);
            const at = before + Math.floor((timeOf(input) - before) * (looks[i] ?? 0));
            return [{ kind: 'time', at } as const, input];
          });
          const seen = applyAll(watched);
          expect(newest(seen.outbox)).toEqual(newest(state.outbox));
          expect(told(seen)).toEqual(told(state));
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('is kept by the stored form: a state that was stored and read goes on in the same way', () => {
    fc.assert(
      fc.property(careHistory, (history) => {
        const { inputs, state } = follow(history);
        const stored = inputs.reduce((before, input) => {
          const after = applyToTasks(before, input, rules).state;
          const bytes = encodeTaskState(after);
          const read = decodeTaskState(bytes);
          expect(encodeTaskState(read).equals(bytes)).toBe(true);
          return read;
        }, emptyTaskState());
        expect(JSON.parse(JSON.stringify(stored))).toEqual(JSON.parse(JSON.stringify(state)));
      }),
      { numRuns: runs(100) },
    );
  });

  it('has nothing due before the time it was told of', () => {
    fc.assert(
      fc.property(careHistory, (history) => {
        follow(history, (state) => {
          const due = nextDueAt(state, { key, rules });
          if (due === null) return;
          expect(due).toBeGreaterThanOrEqual(state.at);
          const early = applyToTasks(state, { kind: 'time', at: due - 1 }, rules);
          if (due - 1 >= state.at) expect(early.state).toBe(state);
          const { state: after } = applyToTasks(state, { kind: 'time', at: due }, rules);
          const next = nextDueAt(after, { key, rules });
          if (next !== null) expect(next).toBeGreaterThan(due);
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it('never contacts a ghost, nor in quiet hours, nor more often than the caps allow', () => {
    fc.assert(
      fc.property(careHistory, (history) => {
        const tasks = [...newest(follow(history).state.outbox).values()];
        for (const task of tasks) if (task.arm === 'holdout') expect([task.contacts, task.calls]).toEqual([[], []]);
        const contacts = tasks.flatMap((task) => task.contacts);
        for (const { at } of contacts) {
          const hour = Number(new Date(at).toLocaleString('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }));
          expect(hour >= 9 && hour < 21).toBe(true);
        }
        const marketing = contacts.filter(({ purpose }) => purpose === 'marketing').map(({ at }) => at);
        for (const at of marketing) {
          expect(marketing.filter((other) => other <= at && other > at - 7 * 86_400_000).length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: runs(200) },
    );
  });
});

/** The newest version of each task, without its number: looking in between may make two versions of one. */
function newest(outbox: readonly RetentionTask[]): ReadonlyMap<string, RetentionTask> {
  return new Map(outbox.map((task) => [task.taskId, { ...task, version: 0, updatedAt: 0, change: '', changedBy: '' }]));
}
