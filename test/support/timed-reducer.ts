import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import { applyScore } from '../../services/core/tasks/apply-score.ts';
import type { AppliedInput } from '../../services/core/tasks/apply-input.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import type { TaskInput } from '../../services/core/tasks/task-input.ts';
import type { TaskReducer } from '../../services/core/tasks/task-reducer.ts';
import type { TaskState } from '../../services/core/tasks/task-state.ts';
import { churnRiskTrigger } from '../../services/core/tasks/task-trigger.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';

const rules = { triggers: [churnRiskTrigger], digest: nodeDigest };

/**
 * The rules of scores with two times besides: a task that nobody answers goes to the lead at `respondBy` and expires at
 * `resolveBy`. Small enough to say by hand what must come of a history, whatever playbooks say.
 */
export const timedReducer: TaskReducer = {
  apply(state, input) {
    const due = fireUntil(state, timeOf(input));
    if (input.kind !== 'score') return result(due === state ? 'stale' : 'applied', due);
    const applied = applyScore(due, input.score, rules);
    return { ...applied, fault: null };
  },
  nextDueAt(state) {
    const times = currentTasks(state).map(nextTimeOf);
    return times.reduce((first, time) => (first === null || (time !== null && time < first) ? time : first), null);
  },
};

function result(kind: AppliedInput['result'], state: TaskState): AppliedInput {
  return { result: kind, state, fault: null, decisions: [] };
}

function timeOf(input: TaskInput): EpochMs {
  return input.kind === 'score' ? input.score.receivedAt : input.kind === 'time' ? input.at : 0;
}

function currentTasks(state: TaskState): RetentionTask[] {
  return state.triggers.flatMap(({ tasks }) => tasks.slice(-1));
}

function nextTimeOf({ status, owner, respondBy, resolveBy }: RetentionTask): EpochMs | null {
  if (status !== 'open') return null;
  return owner === 'lead' ? resolveBy : respondBy;
}

function fireUntil(state: TaskState, now: EpochMs): TaskState {
  const time = timedReducer.nextDueAt(state);
  if (time === null || time > now) return state;
  const fired: RetentionTask[] = [];
  const triggers = state.triggers.map((trigger) => {
    const task = trigger.tasks.at(-1);
    if (task === undefined || nextTimeOf(task) !== time) return trigger;
    const change = task.owner === 'lead' ? ({ status: 'expired' } as const) : { owner: 'lead' };
    const next: RetentionTask = { ...task, ...change, version: task.version + 1, updatedAt: time };
    fired.push(next);
    return { ...trigger, tasks: [...trigger.tasks.slice(0, -1), next] };
  });
  return fireUntil({ ...state, triggers, outbox: [...state.outbox, ...fired] }, now);
}

/** An audit record of a task, as a state would owe it. */
export function anAudit(over: Partial<AuditRecord> = {}): AuditRecord {
  return {
    auditId: 'a'.repeat(32),
    tenant: 'demo',
    at: 1_000,
    actor: 'engine',
    action: 'opened',
    result: 'done',
    reason: null,
    surrogate: '0'.repeat(32),
    subject: null,
    playbook: null,
    note: null,
    ...over,
  };
}
