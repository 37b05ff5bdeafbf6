import { describe, expect, it } from 'vitest';
import type { Level } from '../../../../services/core/scoring/level.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { emptyTaskState, keptEpisodes, type TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyScoreToTasks, applyToTasks } from '../../../support/apply-to-tasks.ts';
import { aCommand } from '../../../support/command-builder.ts';
import { aScore } from '../../../support/score-builder.ts';

const hourMs = 3_600_000;

/** Applies scores that only differ where a test says so; state versions count up from 1. */
function applyAll(overrides: readonly Partial<Score>[], from: TaskState = emptyTaskState()) {
  let state = from;
  const decisions = overrides.map((each, i) => {
    const applied = applyScoreToTasks(state, aScore({ stateVersion: from.seenVersion + i + 1, asOf: 20_500, ...each }));
    state = applied.state;
    if (applied.result !== 'applied') return applied.result;
    return applied.decisions[0]?.kind ?? 'unchanged';
  });
  return { state, decisions, published: state.outbox };
}

const levelsTable: readonly { what: string; levels: readonly Level[]; decisions: readonly string[] }[] = [
  { what: 'opens at high', levels: ['none', 'watch', 'high'], decisions: ['unchanged', 'unchanged', 'opened'] },
  { what: 'opens at critical at once', levels: ['critical'], decisions: ['opened'] },
  { what: 'opens nothing at watch', levels: ['watch', 'watch'], decisions: ['unchanged', 'unchanged'] },
  {
    what: 'keeps the task through watch and back',
    levels: ['high', 'watch', 'high'],
    decisions: ['opened', 'updated', 'updated'],
  },
  { what: 'updates the task when it gets critical', levels: ['high', 'critical'], decisions: ['opened', 'updated'] },
  { what: 'stays silent at the same level and day', levels: ['high', 'high'], decisions: ['opened', 'unchanged'] },
  { what: 'retracts the task at none', levels: ['high', 'none'], decisions: ['opened', 'ended'] },
  {
    what: 'opens a second episode after none',
    levels: ['high', 'none', 'high'],
    decisions: ['opened', 'ended', 'opened'],
  },
  {
    what: 'does not retract twice',
    levels: ['high', 'none', 'none', 'watch'],
    decisions: ['opened', 'ended', 'unchanged', 'unchanged'],
  },
];

describe('a task through the levels of its scores', () => {
  it.each(levelsTable)('$what', ({ levels, decisions }) => {
    const run = applyAll(levels.map((level) => ({ level })));
    expect(run.decisions).toEqual(decisions);
  });

  it('tells the reasons of the newest score that told any', () => {
    const told = (code: string) => [{ code, contribution: 1, en: code, zhCN: code }];
    const run = applyAll([
      { level: 'high', reasons: told('silence') },
      { level: 'high', asOf: 20_501 },
      { level: 'critical', reasons: told('delivery') },
      { level: 'none', reasons: [] },
    ]);
    expect(run.decisions).toEqual(['opened', 'updated', 'updated', 'ended']);
    const codes = run.published.map(({ reasons }) => reasons?.map(({ code }) => code));
    expect(codes).toEqual([['silence'], ['silence'], ['delivery'], ['delivery']]);
  });

  it('updates the task once when the business day of its score changed', () => {
    const run = applyAll([{ asOf: 20_500 }, { asOf: 20_501 }, { asOf: 20_501 }]);
    expect(run.decisions).toEqual(['opened', 'updated', 'unchanged']);
    expect(run.published.map((task) => [task.version, task.score.asOf])).toEqual([
      [1, 20_500],
      [2, 20_501],
    ]);
  });

  it('gives each episode its own id and number, and each change of a task the next version', () => {
    const levels: Level[] = ['high', 'critical', 'none', 'high'];
    const tasks = applyAll(levels.map((level) => ({ level }))).published;
    expect(tasks.map((task) => [task.episode, task.version, task.status])).toEqual([
      [1, 1, 'open'],
      [1, 2, 'open'],
      [1, 3, 'retracted'],
      [2, 1, 'open'],
    ]);
    expect(new Set(tasks.slice(0, 3).map((task) => task.taskId)).size).toBe(1);
    expect(tasks[3].taskId).not.toBe(tasks[0].taskId);
    expect(tasks[3].taskId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps the tasks of the latest episodes only', () => {
    const levels = Array.from({ length: 2 * keptEpisodes + 4 }, (_, i): Level => (i % 2 === 0 ? 'high' : 'none'));
    const [trigger] = applyAll(levels.map((level) => ({ level }))).state.triggers;
    expect(trigger.tasks.map((task) => task.episode)).toEqual([3, 4, 5]);
  });

  it('leaves a resolved task alone until its cooldown is over, whether its episode ends or goes on', () => {
    const day = 86_400_000;
    const opened = applyAll([{ level: 'high', receivedAt: 0 }]).state;
    const command = aCommand({ verb: 'resolve', taskId: opened.outbox[0].taskId, result: 'kept', at: 3_600_000 });
    const resolved = applyToTasks(opened, { kind: 'command', command, place: { logId: null, offset: 1 } }).state;
    const risk = (level: Level, days: number) => ({ level, receivedAt: days * day });
    const wavering = [risk('critical', 2), risk('none', 3), risk('high', 4), risk('high', 29)];
    expect(applyAll(wavering, resolved).decisions).toEqual(['unchanged', 'unchanged', 'suppressed', 'unchanged']);
    const later = applyAll([...wavering, risk('high', 31)], resolved);
    expect(later.decisions.at(-1)).toBe('opened');
    expect(later.published.at(-1)).toMatchObject({ episode: 2, createdAt: 30 * day + 3_600_000 });
    const lasting = applyAll([risk('critical', 2), risk('critical', 31)], resolved);
    expect(lasting.decisions).toEqual(['unchanged', 'opened']);
  });
});

describe('the fields of a task', () => {
  it('come from the score and the trigger, and its times from the receipt of the event', () => {
    const score = aScore({ level: 'high' });
    const [task] = applyScoreToTasks(emptyTaskState(), score).state.outbox;
    expect(task).toMatchObject({
      tenant: 'demo',
      surrogate: score.surrogate,
      customerRef: '42',
      trigger: 'churn-risk',
      playbook: 'save-at-risk',
      owner: 'service',
      queue: 'service',
      arm: 'treated',
      outcome: null,
      createdAt: score.receivedAt,
      updatedAt: score.receivedAt,
      respondBy: score.receivedAt + 48 * hourMs,
      resolveBy: score.receivedAt + 7 * 24 * hourMs,
      score,
    });
    expect(task.priority).toBeCloseTo(0.6 * 12_050 * 0.08, 8);
  });

  it('ask for an answer within 24 hours when critical', () => {
    const [task] = applyAll([{ level: 'critical', receivedAt: 1_000 }]).published;
    expect([task.respondBy, task.resolveBy]).toEqual([1_000 + 24 * hourMs, 1_000 + 72 * hourMs]);
  });

  it('bring the deadlines forward when the level rises, and never move them later', () => {
    const at = (level: Level, hours: number) => ({ level, receivedAt: hours * hourMs });
    const published = applyAll([at('high', 0), at('critical', 10), at('high', 20), at('critical', 30)]).published;
    expect(published.map((task) => (task.respondBy ?? 0) / hourMs)).toEqual([48, 34, 34, 34]);
    expect(published.map((task) => (task.resolveBy ?? 0) / hourMs)).toEqual([168, 82, 82, 82]);
  });

  it('keep a deadline that comes first when the level rises late, instead of setting one that has passed', () => {
    const published = applyAll([
      { level: 'high', receivedAt: 0 },
      { level: 'critical', receivedAt: 30 * hourMs },
    ]).published;
    expect(published.map((task) => (task.respondBy ?? 0) / hourMs)).toEqual([48, 48]);
  });

  it('do not let the time of change step back when receipt times do', () => {
    const published = applyAll([
      { level: 'high', receivedAt: 5_000 },
      { level: 'critical', receivedAt: 4_000 },
    ]).published;
    expect(published[1].updatedAt).toBe(5_000);
  });
});

describe('scores that decide nothing', () => {
  it('are those not newer than what was seen', () => {
    const { state } = applyAll([{ level: 'high' }, { level: 'none' }]);
    for (const stateVersion of [1, 2]) {
      const again = applyScoreToTasks(state, aScore({ stateVersion, level: 'critical' }));
      expect(again.result).toBe('stale');
      expect(again.state).toBe(state);
    }
  });

  it('are degraded ones: the state does not even count them as seen', () => {
    const state = emptyTaskState();
    const applied = applyScoreToTasks(state, aScore({ degraded: true, level: 'critical' }));
    expect(applied).toEqual({ result: 'degraded', state, fault: null, decisions: [] });
  });
});

describe('historical scores', () => {
  it('open no task but tell how many they would have opened', () => {
    const levels: Level[] = ['high', 'critical', 'none', 'high', 'watch', 'high'];
    const run = applyAll(levels.map((level) => ({ level, historical: true })));
    expect(run.published).toEqual([]);
    expect(run.decisions.filter((decision) => decision === 'suppressed')).toHaveLength(2);
  });

  it('leave the first task to the first live score at high', () => {
    const run = applyAll([{ historical: true }, { historical: false }]);
    expect(run.decisions).toEqual(['suppressed', 'opened']);
    expect(run.published).toMatchObject([{ episode: 1, version: 1 }]);
  });

  it('do not touch a task that is open', () => {
    const run = applyAll([{ level: 'high' }, { level: 'none', historical: true }]);
    expect(run.decisions).toEqual(['opened', 'unchanged']);
    expect(run.state.triggers[0]).toMatchObject({ isRunning: true });
    expect(run.state.liveLevel).toBe('high');
  });
});
