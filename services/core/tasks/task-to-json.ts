import { reasonsToJson } from '../scoring/reasons-to-json.ts';
import { scoreToJson } from '../scoring/score-to-json.ts';
import type { EpochMs } from '../units.ts';
import type { RetentionTask } from './retention-task.ts';

/** A task as the HTTP interface shows it. `reasons` is empty where none were told. */
export function taskToJson(task: RetentionTask): object {
  return {
    taskId: task.taskId,
    version: task.version,
    customerRef: task.customerRef,
    customerId: `~${task.surrogate}`,
    tenant: task.tenant,
    trigger: task.trigger,
    playbook: task.playbook,
    priority: task.priority,
    status: task.status,
    owner: task.owner,
    createdAt: isoTime(task.createdAt),
    respondBy: isoTime(task.respondBy),
    resolveBy: isoTime(task.resolveBy),
    score: scoreToJson(task.score),
    reasons: reasonsToJson(task.reasons) ?? [],
    text: { en: task.textEn, 'zh-CN': task.textZhCN },
    arm: task.arm,
    outcome: task.outcome && { result: task.outcome.result, reason: task.outcome.reason, at: isoTime(task.outcome.at) },
  };
}

function isoTime(time: EpochMs | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
