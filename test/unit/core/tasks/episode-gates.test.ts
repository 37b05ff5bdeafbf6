import { describe, expect, it } from 'vitest';
import { nextDueAt } from '../../../../services/core/tasks/apply-input.ts';
import type { EventType } from '../../../../services/core/events/event-types.ts';
import type { TaskInput } from '../../../../services/core/tasks/task-input.ts';
import type { TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks } from '../../../support/apply-to-tasks.ts';
import { aRecord } from '../../../support/builders.ts';
import { aCommand } from '../../../support/command-builder.ts';
import { aScore } from '../../../support/score-builder.ts';
import { shippedPlaybooks, taskRules } from '../../../support/task-rules.ts';

const dayMs = 86_400_000;
const begin = Date.UTC(2026, 0, 5, 12);
const key = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };
let offset = 0;

function happens(type: EventType, day: number, told: Readonly<Record<string, string | boolean>> = {}): TaskInput {
  offset += 1;
  const at = begin + day * dayMs;
  const attributes = Object.entries(told).map(([name, value]) => ({ name, value }));
  const event = aRecord({ type, attributes, occurredAt: at, receivedAt: at });
  return { kind: 'event', event, place: { logId: 'log', offset } };
}

function enters(name: string, day: number): TaskInput {
  offset += 1;
  const changes = [{ kind: 'stage' as const, scheme: 'lifecycle5', old: null, new: name, because: null }];
  const segments = {
    ...key, changeId: `${offset}`, customerRef: null, source: 's', eventId: `${offset}`, eventType: '', changes,
    cause: 'day' as const, asOf: 1, at: begin + day * dayMs, stateVersion: offset, activationId: '', segments: '1',
    historical: false,
  }; // prettier-ignore
  return { kind: 'segments', segments, place: { logId: 'log', offset } };
}

const passes = (day: number): TaskInput => ({ kind: 'time', at: begin + day * dayMs });

function tasksOf(state: TaskState, trigger: string) {
  return state.triggers.find((each) => each.trigger === trigger)?.tasks ?? [];
}

describe('what a playbook waits for', () => {
  it('is waited for where one playbook that fits is muted for a while and another one is refused for good', () => {
    const codes = ['experience', 'price'].map((code) => ({ code, contribution: 1, en: 'x', zhCN: 'x' }));
    const at = begin + 2 * dayMs;
    const before = applyAllToTasks([
      happens('case.opened', 0, { isComplaint: true, caseId: 'c' }),
      happens('consent.changed', 1, { purpose: 'care', granted: false }),
      { kind: 'score', score: aScore({ level: 'high', reasons: codes, receivedAt: at }) },
    ]);
    expect(tasksOf(before, 'churn-risk')).toEqual([]);
    const after = applyAllToTasks([passes(3), happens('case.resolved', 4, { caseId: 'c' })], undefined, before);
    expect(tasksOf(after, 'churn-risk').map(({ playbook }) => playbook)).toEqual(['save-price']);
  });

  it('is not made up for when it is a day that passed while the customer was to be left alone', () => {
    const alone = new Date(begin + 20 * dayMs).toISOString();
    const state = applyAllToTasks([
      happens('customer.upserted', 0, { birthday: '1980-01-15' }),
      happens('preference.changed', 1, { doNotContactUntil: alone }),
      passes(30),
    ]);
    expect(tasksOf(state, 'birthday-greeting')).toEqual([]);
    const due = nextDueAt(state, { key, rules: taskRules() }) ?? 0;
    const next = applyAllToTasks([{ kind: 'time', at: due }], undefined, state);
    expect(tasksOf(next, 'birthday-greeting').map(({ createdAt }) => createdAt)).toEqual([Date.UTC(2027, 0, 15, 9)]);
  });

  it('is no result of a task that is open, whatever became of the one before it', () => {
    const first = applyAllToTasks([enters('lapsed', 0), passes(20)]);
    const [task] = tasksOf(first, 'win-back');
    const command = aCommand({ verb: 'resolve', at: begin + 20 * dayMs, taskId: task?.taskId ?? null, result: 'kept' });
    const inputs: TaskInput[] = [
      { kind: 'command', command, place: { logId: 'log', offset: 1 } },
      enters('new', 30),
      enters('lapsed', 60),
    ];
    const state = applyAllToTasks([...inputs, passes(205)], undefined, first);
    expect(tasksOf(state, 'win-back').map(({ status }) => status)).toEqual(['resolved', 'open']);
    expect(tasksOf(state, 'second-development')).toEqual([]);
  });
});

describe('a task that goes out of the state', () => {
  it('is published as it was last, also where what changed it and what replaced it came at once', () => {
    const inputs = [enters('active', 0), passes(93)];
    const { outbox } = applyAllToTasks(inputs);
    const measured = outbox.filter(({ measured: told }) => told !== null).map(({ episode }) => episode);
    expect(measured).toEqual([1]);
    const watched = applyAllToTasks([inputs[0], ...[30, 60, 90, 93].map(passes)].filter((each) => each !== undefined));
    expect(watched.outbox.filter(({ measured: told }) => told !== null).map(({ episode }) => episode)).toEqual([1]);
  });
});

describe('a task step that comes after others', () => {
  it('has the terms of the lowest level that has any where the risk has fallen below them', () => {
    const { 'save-price': price } = shippedPlaybooks.playbooks;
    if (price === undefined) throw new Error('The shipped playbooks have no save-price.');
    const terms = { respond_within: { high: '24h', critical: '2h' }, resolve_within: { high: '5d', critical: '1d' } };
    const rules = taskRules({ playbooks: { 'save-price': { ...price, ...terms } } });
    const reasons = [{ code: 'price', contribution: 1, en: 'x', zhCN: 'x' }];
    const scored = (level: 'high' | 'watch', day: number): TaskInput => ({
      kind: 'score',
      score: aScore({ level, reasons, stateVersion: day + 1, receivedAt: begin + day * dayMs }),
    });
    const state = applyAllToTasks([scored('high', 0), scored('watch', 1), passes(3)], rules);
    const [task] = tasksOf(state, 'churn-risk');
    expect([task?.step?.kind, task?.respondBy, task?.resolveBy]).toEqual([
      'task',
      begin + 4 * dayMs,
      begin + 8 * dayMs,
    ]);
  });

  it('is that the customer is one of those it is for', () => {
    const { 'save-at-risk': shipped } = shippedPlaybooks.playbooks;
    const rules = taskRules({ playbooks: { 'save-at-risk': { ...shipped, only_for: { plan: ['gold'] } } } });
    const risk = (day: number, stateVersion: number): TaskInput => {
      return { kind: 'score', score: aScore({ stateVersion, receivedAt: begin + day * dayMs }) };
    };
    const others = applyAllToTasks([risk(0, 1), happens('customer.upserted', 1, { plan: 'basic' }), risk(2, 2)], rules);
    expect(tasksOf(others, 'churn-risk')).toEqual([]);
    const meant = applyAllToTasks([happens('customer.upserted', 3, { plan: 'gold' }), risk(4, 3)], rules, others);
    expect(tasksOf(meant, 'churn-risk')).toMatchObject([{ playbook: 'save-at-risk', status: 'open' }]);
  });
});
