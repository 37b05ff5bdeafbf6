import type { RetentionTask } from './retention-task.ts';

/** Fields of a task in the order in which states store them; score and reasons stand before them. Only ever appended to. */
export const taskFields = [
  'taskId', 'version', 'tenant', 'surrogate', 'customerRef', 'trigger', 'playbook', 'episode', 'priority', 'status',
  'owner', 'createdAt', 'updatedAt', 'respondBy', 'resolveBy', 'textEn', 'textZhCN', 'arm', 'outcome', 'queue',
  'playbookVersion', 'segment', 'causes', 'considered', 'offer', 'step', 'snoozedUntil', 'claimedUntil', 'escalations',
  'warnedAt', 'breachedAt', 'respondedAt', 'resolvedAt', 'contacts', 'calls', 'measured', 'holdoutShare', 'change',
  'changedBy', 'note',
] as const satisfies readonly Exclude<keyof RetentionTask, 'score' | 'reasons'>[]; // prettier-ignore
