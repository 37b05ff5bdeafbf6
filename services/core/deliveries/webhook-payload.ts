/** What webhooks of a tenant can be told of tasks. */
export const taskEventTypes = ['task.opened', 'task.updated', 'task.closed'] as const;

export type TaskEventType = (typeof taskEventTypes)[number];

/** A call as it is queued: `body` is what is sent, byte for byte, at every attempt. */
export interface WebhookPayload {
  readonly type: TaskEventType | 'playbook.called';
  readonly body: string;
}
