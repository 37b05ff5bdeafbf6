import { describe, expect, it } from 'vitest';
import { keepDeliveryMs, latestCallMs } from '../../../../services/core/deliveries/delivery-terms.ts';
import { owedDeliveries, type TaskSubscriber } from '../../../../services/core/deliveries/owed-deliveries.ts';
import { taskEventTypes } from '../../../../services/core/deliveries/webhook-payload.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import { taskToJson } from '../../../../services/core/tasks/task-to-json.ts';
import { aTask } from '../../../support/task-builder.ts';

const now = aTask().createdAt + 1000;
const at = aTask().createdAt;
const contact = { contactId: 'contact-1', channel: 'email', purpose: 'care' as const, en: 'Hello', zhCN: '您好', at };
const call = { callId: 'call-1', target: 'erp', at };
const all: readonly TaskSubscriber[] = [{ target: 'crm', events: new Set(taskEventTypes) }];

const owed = (task: RetentionTask, subscribers = all) => owedDeliveries(task, subscribers, now);
const names = (task: RetentionTask, subscribers = all) =>
  owed(task, subscribers).map(({ kind, target, id, payload }) => {
    return [kind, target, id, (JSON.parse(payload) as { type?: string }).type ?? null];
  });

describe('what a snapshot of a task owes', () => {
  it('is a message per contact, a call per call and a telling per subscriber', () => {
    const task = aTask({ version: 3, change: 'updated', contacts: [contact], calls: [call] });
    expect(names(task)).toEqual([
      ['message', 'email', 'contact-1', null],
      ['webhook', 'erp', 'call-1', 'playbook.called'],
      ['webhook', 'crm', `${task.taskId}.3`, 'task.updated'],
    ]);
  });

  it('is nothing to anybody where the task is of the holdout', () => {
    expect(owed(aTask({ arm: 'holdout', contacts: [contact], calls: [call] }))).toEqual([]);
  });

  it.each([
    [{ version: 1, change: null }, 'task.opened'],
    [{ version: 4, change: 'opened' }, 'task.opened'],
    [{ version: 2, change: 'claim', status: 'claimed' as const }, 'task.updated'],
    [{ version: 2, change: 'resolve', status: 'resolved' as const }, 'task.closed'],
    [{ version: 2, change: 'updated', status: 'expired' as const }, 'task.closed'],
    [{ version: 2, change: 'updated', status: 'retracted' as const }, 'task.closed'],
    [
      {
        version: 9,
        change: 'updated',
        status: 'resolved' as const,
        measured: { until: at, purchases: 0, revenueMinor: 0, churned: true },
      },
      'task.updated',
    ],
  ])('tells %j as %s, to those who asked for it', (overrides, type) => {
    expect(names(aTask(overrides)).map((name) => name[3])).toEqual([type]);
    const others = new Set(taskEventTypes.filter((each) => each !== type));
    expect(owed(aTask(overrides), [{ target: 'crm', events: others }])).toEqual([]);
  });

  it('is the same, byte for byte, each time', () => {
    const task = aTask({ contacts: [contact], calls: [call] });
    expect(owedDeliveries(task, all, now + 5_000)).toEqual(owed(task));
    const [, , telling] = owed(task);
    const { body } = JSON.parse(telling.payload) as { body: string };
    expect(JSON.parse(body)).toEqual({
      type: 'task.opened',
      timestamp: '2026-01-15T12:00:00.000Z',
      data: JSON.parse(JSON.stringify(taskToJson(task))) as unknown,
    });
  });

  it('ends before what was sent is forgotten, so that a topic read from its start sends nothing again', () => {
    const task = aTask({ contacts: [contact], calls: [call] });
    expect(owedDeliveries(task, all, at + latestCallMs)).toHaveLength(3);
    expect(owedDeliveries(task, all, at + latestCallMs + 1)).toEqual([]);
    expect(owedDeliveries(task, all, at + keepDeliveryMs)).toEqual([]);
  });

  it('waits for the time of a contact that is still to come, and holds no address', () => {
    const later = { ...contact, at: now + 60_000 };
    const [message] = owed(aTask({ contacts: [later], customerRef: '42' }), []);
    expect(message).toMatchObject({ dueAt: later.at, subject: { customerRef: '42', channel: 'email' } });
    expect(JSON.parse(message.payload)).toEqual({
      ...{ purpose: 'care', text: { en: 'Hello', zhCN: '您好' }, offer: null, expiresAt: null, at: later.at },
    });
  });
});
