import type { RetentionTask, TaskContact } from '../tasks/retention-task.ts';
import { taskToJson } from '../tasks/task-to-json.ts';
import type { EpochMs } from '../units.ts';
import type { Delivery, DeliveryKind, DeliverySubject } from './delivery.ts';
import { latestCallMs } from './delivery-terms.ts';
import type { MessagePayload } from './message-payload.ts';
import type { TaskEventType, WebhookPayload } from './webhook-payload.ts';

/** A webhook that wants to hear of tasks. */
export interface TaskSubscriber {
  readonly target: string;
  readonly events: ReadonlySet<TaskEventType>;
}

const ended: ReadonlySet<string> = new Set(['resolved', 'expired', 'retracted']);

/**
 * What one snapshot of a task owes: a message per contact, a call per call, and one per subscriber and version. The same
 * snapshot gives the same ids and bytes however often it is read. A task of the holdout owes nothing to anybody: its
 * customer is left alone, and nobody who could act is told. What is told of longer ago than `latestCallMs` is not owed.
 */
export function owedDeliveries(
  task: RetentionTask,
  subscribers: readonly TaskSubscriber[],
  now: EpochMs,
): readonly Delivery[] {
  if (task.arm === 'holdout') return [];
  const since = now - latestCallMs;
  const contacts = task.contacts.filter(({ at }) => at >= since);
  const calls = task.calls.filter(({ at }) => at >= since);
  return [
    ...contacts.map((contact) => messageOf(task, contact)),
    ...calls.map(({ callId, target, at }) => callOf(task, { id: callId, target, type: 'playbook.called', at })),
    ...(task.updatedAt >= since ? tellingOf(task, subscribers) : []),
  ];
}

function tellingOf(task: RetentionTask, subscribers: readonly TaskSubscriber[]): Delivery[] {
  const type = eventTypeOf(task);
  return subscribers
    .filter(({ events }) => events.has(type))
    .map(({ target }) => callOf(task, { id: `${task.taskId}.${task.version}`, target, type, at: task.updatedAt }));
}

/** A version after the end, such as the one that holds what was measured, is an update. */
function eventTypeOf(task: RetentionTask): TaskEventType {
  if (task.change === 'opened' || task.version === 1) return 'task.opened';
  return ended.has(task.status) && task.measured === null ? 'task.closed' : 'task.updated';
}

interface Call {
  readonly id: string;
  readonly target: string;
  readonly type: WebhookPayload['type'];
  readonly at: EpochMs;
}

function callOf(task: RetentionTask, { id, target, type, at }: Call): Delivery {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: taskToJson(task) });
  return delivery(task, { id, target, kind: 'webhook', channel: null, at, payload: { type, body } });
}

function messageOf(task: RetentionTask, { contactId, channel, purpose, en, zhCN, at }: TaskContact): Delivery {
  const { offer, resolveBy } = task;
  const payload: MessagePayload = {
    purpose,
    text: { en, zhCN },
    offer: offer === null ? null : { en: offer.en, zhCN: offer.zhCN },
    expiresAt: resolveBy,
    at,
  };
  return delivery(task, { id: contactId, target: channel, kind: 'message', channel, at, payload });
}

interface Part {
  readonly id: string;
  readonly target: string;
  readonly kind: DeliveryKind;
  readonly channel: string | null;
  readonly at: EpochMs;
  readonly payload: object;
}

function delivery(task: RetentionTask, { id, target, kind, channel, at, payload }: Part): Delivery {
  const { tenant, surrogate, customerRef, taskId, playbook } = task;
  const subject: DeliverySubject = { surrogate, customerRef, taskId, playbook, channel };
  return { id, tenant, kind, target, subject, createdAt: at, dueAt: at, payload: JSON.stringify(payload) };
}
