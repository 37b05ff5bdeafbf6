import type { Digest } from '../ports/digest.ts';
import type { RetentionTask } from '../tasks/retention-task.ts';
import type { EpochMs } from '../units.ts';
import { costOfTask } from '../uplift/task-cost.ts';
import type { KpiFact, TaskStanding } from './kpi-fact.ts';
import { unsetFact } from './unset-fact.ts';

/** The fact of a snapshot. It depends on the snapshot alone: published again with it, it has the same bytes again. */
export function composeTaskFact(task: RetentionTask, digest: Digest): KpiFact {
  const { taskId, tenant, surrogate, version, updatedAt, change } = task;
  return {
    ...unsetFact,
    factId: digest.sha256Hex(JSON.stringify(['task', taskId])).slice(0, 32),
    kind: 'task',
    tenant,
    surrogate,
    sequence: version,
    at: updatedAt,
    type: change ?? '',
    task: standingOf(task),
  };
}

function standingOf(task: RetentionTask): TaskStanding {
  const { owner, queue, measured, outcome } = task;
  return {
    trigger: task.trigger,
    playbook: task.playbook,
    arm: task.arm,
    status: task.status,
    queue,
    // What waits has its queue for its owner.
    staff: owner === queue ? null : owner,
    segment: task.segment,
    createdAt: task.createdAt,
    respondBy: task.respondBy,
    resolveBy: task.resolveBy,
    breachedAt: task.breachedAt,
    respondedAt: task.respondedAt,
    resolvedAt: task.resolvedAt,
    endedAt: task.endedAt,
    escalations: task.escalations,
    contactedAt: firstContact(task),
    contacts: task.contacts.length,
    costMinor: costOfTask(task),
    outcome: outcome?.result ?? null,
    measuredAt: measured?.until ?? null,
    purchases: measured?.purchases ?? 0,
    revenueMinor: measured?.revenueMinor ?? 0,
    churned: measured?.churned ?? false,
  };
}

/** By a message of the playbook or by a person who answered, whichever came first. */
function firstContact({ contacts, respondedAt }: RetentionTask): EpochMs | null {
  const times = [...contacts.map(({ at }) => at), ...(respondedAt === null ? [] : [respondedAt])];
  return times.length === 0 ? null : Math.min(...times);
}
