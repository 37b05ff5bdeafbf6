import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { clearOutbox, owes } from '../../../../services/core/tasks/clear-outbox.ts';
import { decodeTaskState } from '../../../../services/core/tasks/decode-task-state.ts';
import { encodeTaskState } from '../../../../services/core/tasks/encode-task-state.ts';
import type { TaskInput } from '../../../../services/core/tasks/task-input.ts';
import { emptyTaskState, type TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks, applyScoreToTasks, applyToTasks } from '../../../support/apply-to-tasks.ts';
import { caseEvent } from '../../../support/case-inputs.ts';
import { aScore } from '../../../support/score-builder.ts';

function caseInput(type: string, hours: number, caseId: string): TaskInput {
  return { kind: 'event', event: caseEvent(type, hours, { caseId }), place: { logId: 'log', offset: hours } };
}

function fullState(): TaskState {
  const score = aScore({
    churn: { p30: 0.1 + 0.2, p60: 1 / 3, p90: 5e-324 },
    pAlive: 0.25,
    clv: { mean: 1.5, low: 0, high: 1e21, horizonDays: 365, currency: 'CNY' },
    reasons: [{ code: 'gap', contribution: -0.125, en: 'a long gap', zhCN: '间隔过长' }],
    tier: 'core',
    stage: 'active',
    nextBestAction: 'call',
    supersedes: 'c'.repeat(32),
    customerRef: null,
  });
  const { state } = applyScoreToTasks(emptyTaskState(), score);
  const [trigger] = state.triggers;
  const outcome = { result: 'saved', reason: null, at: 17 };
  return { ...state, triggers: [{ ...trigger, tasks: [{ ...trigger.tasks[0], status: 'resolved', outcome }] }] };
}

describe('a stored task state', () => {
  it.each([
    ['without a task', emptyTaskState()],
    ['with every field filled', fullState()],
  ])('%s reads back as it was', (_, state) => {
    expect(decodeTaskState(encodeTaskState(state))).toEqual(state);
  });

  it('keeps the reasons of the task once its newest score tells none', () => {
    const state = fullState();
    const [trigger] = state.triggers;
    const [task] = trigger.tasks;
    for (const reasons of [null, [], task.reasons]) {
      const later = { ...task, score: { ...task.score, reasons } };
      const stored = { ...state, triggers: [{ ...trigger, tasks: [later] }] };
      expect(decodeTaskState(encodeTaskState(stored))).toEqual(stored);
    }
  });

  it('of format 1, which knew one trigger, is read with its tasks, and its open task goes on', () => {
    const bytes = Buffer.from(readFileSync(new URL('../../../fixtures/states/tasks-format-1.bin', import.meta.url)));
    const state = decodeTaskState(bytes);
    expect(state).toMatchObject({ seenVersion: 2, liveLevel: 'critical', score: null });
    const [{ tasks, run }] = state.triggers;
    expect(tasks.map(({ status, episode }) => [status, episode])).toEqual([['open', 1]]);
    expect(run).toMatchObject({ playbook: 'save-at-risk', startedAt: tasks[0].createdAt });
    expect(decodeTaskState(encodeTaskState(state))).toEqual(state);
  });

  it('of format 2 is read with its cases, what they owe from now on, and the ends of its tasks', () => {
    const bytes = Buffer.from(readFileSync(new URL('../../../fixtures/states/tasks-format-2.bin', import.meta.url)));
    const state = decodeTaskState(bytes);
    const { cases, owed } = state.cases;
    expect(owed).toEqual([]);
    const [again, done, late] = cases.map((each) => each.case);
    expect(again).toMatchObject({
      status: 'handled',
      reopenings: 1,
      reopenedAt: null,
      resolvedAt: null,
      closedAt: null,
    });
    const resolution = done?.clocks.clocks.find(({ name }) => name === 'resolution');
    expect(done).toMatchObject({ resolvedAt: resolution?.clock.metAt, closedAt: done?.updatedAt });
    expect(late?.clocks.clocks.map(({ overdueAt, clock }) => [overdueAt, clock.ranMs])).toEqual(
      Array(4).fill([null, 0]),
    );
    expect(cases.map(({ changedAt }) => changedAt)).toEqual(cases.map((each) => each.case.updatedAt));
    const [withdrawn] = state.triggers.flatMap(({ tasks }) => tasks).filter(({ status }) => status === 'retracted');
    expect(withdrawn?.endedAt).toBe(withdrawn?.updatedAt);
    expect(decodeTaskState(encodeTaskState(state))).toEqual(state);
    // The next look at the time tells which of its clocks have run out.
    const { state: looked } = applyToTasks(state, { kind: 'time', at: state.at + 1 });
    expect(looked.cases.owed.map((each) => each.case.caseId)).toContain('late');
  });

  it('keeps cases that are owed apart from the book once they are dropped or changed again', () => {
    const opened = applyAllToTasks([caseInput('case.opened', 1, 'a'), caseInput('case.opened', 2, 'b')]);
    const moved = applyToTasks({ ...opened }, caseInput('case.responded', 3, 'a')).state;
    const dropped = { ...moved, cases: { ...moved.cases, cases: moved.cases.cases.slice(1) } };
    for (const state of [opened, moved, dropped]) {
      const read = decodeTaskState(encodeTaskState(state));
      expect(read).toEqual(state);
      expect(encodeTaskState(read).equals(encodeTaskState(state))).toBe(true);
    }
    const cleared = clearOutbox(moved, opened);
    expect(cleared.cases.owed.map((each) => [each.case.caseId, each.version])).toEqual([['a', 2]]);
    expect(owes({ ...cleared, outbox: [], audits: [] })).toBe(true);
    expect(owes(clearOutbox(moved, moved))).toBe(false);
  });

  it('has the same bytes whatever order its fields were set in', () => {
    const state = fullState();
    const reversed = JSON.parse(JSON.stringify(state), (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as TaskState;
    const copy = JSON.parse(JSON.stringify(state)) as TaskState;
    expect(encodeTaskState(reversed).equals(encodeTaskState(copy))).toBe(true);
  });

  it.each([
    { episodes: 1, told: 4, limit: 4096 },
    { episodes: 3, told: 2, limit: 5632 },
    { episodes: 3, told: 4, limit: 7168 },
  ])(
    'stays below $limit bytes with the tasks of $episodes episodes, $told reasons each',
    ({ episodes, told, limit }) => {
      let state = emptyTaskState();
      for (let version = 1; version < 2 * episodes; version++) {
        const reasons = ['silence', 'experience', 'delivery', 'other'].slice(0, told).map((code) => ({
          code,
          contribution: 0.1 + version,
          en: 'Silence: days since the last purchase 94 (typical 41), purchase days in 90 days 0 (typical 1).',
          zhCN: '购买沉默：距上次购买天数94（一般为41），近90天购买天数0（一般为1）。',
        }));
        const score = aScore({ stateVersion: version, level: version % 2 === 1 ? 'critical' : 'none', reasons });
        state = { ...applyScoreToTasks(state, score).state, outbox: [] };
      }
      expect(encodeTaskState(state).length).toBeLessThan(limit);
    },
  );

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another format', Buffer.from([9, 0x5b, 0x5d])],
    ['half a state', encodeTaskState(emptyTaskState()).subarray(0, 6)],
    ['other JSON', Buffer.from('\u0001{"a":1}')],
  ])('of %s is ERR_STATE_CORRUPT, with what to do', (_, bytes) => {
    const read = () => decodeTaskState(bytes);
    expect(read).toThrow(EngineError);
    expect(read).toThrow(expect.objectContaining({ code: 'ERR_STATE_CORRUPT', retryable: false }));
    expect(read).toThrow(/restore the store/);
  });
});
