import { openComplaint } from '../cases/case-book.ts';
import type { AuditRecord } from '../audit/audit-record.ts';
import type { TenantRules } from '../playbooks/tenant-rules.ts';
import type { CustomerKey } from '../ports/state-store.ts';
import type { EpochMs } from '../units.ts';
import type { CustomerFacts } from './customer-facts.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskDecision } from './task-decision.ts';
import { emptyTriggerState, type TaskState, type TriggerState } from './task-state.ts';

/** What a change of a task came from. */
export interface TaskChange {
  readonly change: string;
  /** Null for the engine itself. */
  readonly by?: string | null;
}

/**
 * A customer's state while one input is applied. Whatever an input does to a task, it makes one new version of it, which
 * `finish` puts into the outbox.
 */
export class TaskDraft {
  readonly key: CustomerKey;
  readonly rules: TenantRules;
  readonly decisions: TaskDecision[] = [];
  /** Present time of the customer. */
  at: EpochMs;
  #state: TaskState;
  /** Tasks that were changed, as they were before; null for new ones. */
  readonly #before = new Map<string, RetentionTask | null>();
  /** Tasks that went out of the state, as they were last: what this input changed in them is still owed. */
  readonly #dropped = new Map<string, RetentionTask>();
  readonly #audits: AuditRecord[] = [];

  constructor(state: TaskState, key: CustomerKey, rules: TenantRules) {
    this.#state = state;
    this.at = state.at;
    this.key = key;
    this.rules = rules;
  }

  get state(): TaskState {
    return this.#state;
  }

  /** A complaint that waits for its solution mutes marketing. */
  get hasOpenComplaint(): boolean {
    return openComplaint(this.#state.cases);
  }

  set(patch: Partial<Omit<TaskState, 'triggers' | 'outbox' | 'audits'>>): void {
    this.#state = { ...this.#state, ...patch };
  }

  learn(patch: Partial<CustomerFacts>): void {
    this.set({ facts: { ...this.#state.facts, ...patch } });
  }

  trigger(name: string): TriggerState {
    return this.#state.triggers.find((each) => each.trigger === name) ?? emptyTriggerState(name);
  }

  setTrigger(name: string, patch: Partial<TriggerState>): void {
    const next = { ...this.trigger(name), ...patch };
    const isKnown = this.#state.triggers.some((each) => each.trigger === name);
    const triggers = isKnown
      ? this.#state.triggers.map((each) => (each.trigger === name ? next : each))
      : [...this.#state.triggers, next];
    this.#state = { ...this.#state, triggers };
  }

  /** The newest task of a trigger. */
  task(trigger: string): RetentionTask | undefined {
    return this.trigger(trigger).tasks.at(-1);
  }

  addTask(task: RetentionTask, kept: number): void {
    this.#before.set(task.taskId, null);
    const tasks = [...this.trigger(task.trigger).tasks, task];
    for (const dropped of tasks.slice(0, -kept)) this.#dropped.set(dropped.taskId, dropped);
    this.setTrigger(task.trigger, { tasks: tasks.slice(-kept) });
  }

  patchTask(task: RetentionTask, patch: Partial<RetentionTask>, { change, by = null }: TaskChange): void {
    if (!this.#before.has(task.taskId)) this.#before.set(task.taskId, task);
    const isNew = this.#before.get(task.taskId) === null;
    const tasks = this.trigger(task.trigger).tasks.map((each) => {
      if (each.taskId !== task.taskId) return each;
      // What an opening does on the way is part of the opening.
      return { ...each, ...patch, change: isNew ? each.change : change, changedBy: isNew ? each.changedBy : by };
    });
    this.setTrigger(task.trigger, { tasks });
  }

  /** Audit records are told apart by what caused them, so that a redelivery gives the same ids. */
  audit(record: Omit<AuditRecord, 'auditId' | 'tenant' | 'at' | 'surrogate'>, cause: string): void {
    const { tenant, surrogate } = this.key;
    const parts = [tenant, surrogate, cause, record.action, record.subject, record.playbook];
    const auditId = this.rules.digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
    this.#audits.push({ auditId, tenant, at: this.at, surrogate, ...record });
  }

  /** The state after the input, with its snapshots and audit records owed. */
  finish(): TaskState {
    const snapshots: RetentionTask[] = [];
    for (const [taskId, before] of this.#before) {
      const kept = this.#state.triggers.flatMap((each) => each.tasks).find((each) => each.taskId === taskId);
      const task = kept ?? this.#dropped.get(taskId);
      if (task === undefined) continue;
      const snapshot = { ...task, version: (before?.version ?? 0) + 1, updatedAt: Math.max(task.updatedAt, this.at) };
      this.#replace(snapshot);
      snapshots.push(snapshot);
    }
    const { outbox, audits } = this.#state;
    return {
      ...this.#state,
      at: this.at,
      outbox: snapshots.length === 0 ? outbox : [...outbox, ...snapshots],
      audits: this.#audits.length === 0 ? audits : [...audits, ...this.#audits],
    };
  }

  #replace(snapshot: RetentionTask): void {
    const { tasks } = this.trigger(snapshot.trigger);
    this.setTrigger(snapshot.trigger, {
      tasks: tasks.map((each) => (each.taskId === snapshot.taskId ? snapshot : each)),
    });
  }
}
