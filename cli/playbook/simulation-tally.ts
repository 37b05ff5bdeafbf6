import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import type { TaskRules } from '../../services/core/playbooks/tenant-rules.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { AppliedInput } from '../../services/core/tasks/apply-input.ts';
import { playbookWorth } from '../../services/core/tasks/playbook-worth.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import type { TaskDecision } from '../../services/core/tasks/task-decision.ts';
import type { EpochMs } from '../../services/core/units.ts';
import type { SimulatedPlaybook } from './playbook-simulation.ts';

/** What one input did. */
export interface SimulatedStep {
  readonly decisions: readonly TaskDecision[];
  readonly tasks: readonly RetentionTask[];
  readonly audits: readonly AuditRecord[];
}

/** A task that came to wait for a person. */
export interface AskedTask {
  readonly taskId: string;
  readonly queue: string;
  readonly priority: number;
  readonly at: EpochMs;
  readonly respondBy: EpochMs | null;
}

interface Sums {
  treated: number;
  holdout: number;
  worthMinor: number;
  costMinor: number;
  readonly days: Map<string, number>;
  readonly contacts: Map<string, number>;
  readonly suppressed: Map<string, number>;
}

/** Adds up what a simulation does. */
export class SimulationTally {
  readonly asked = new Map<string, AskedTask>();
  readonly #rules: TaskRules;
  readonly #dayOf: (at: EpochMs) => string;
  readonly #sums = new Map<string, Sums>();
  readonly #counts = { applied: 0, stale: 0, degraded: 0, refused: 0 };
  readonly #contacts = new Set<string>();
  readonly #customers = new Set<string>();
  #from = Infinity;
  #to = 0;

  constructor(rules: TaskRules, dayOf: (at: EpochMs) => string) {
    this.#rules = rules;
    this.#dayOf = dayOf;
  }

  addScore({ tenant, surrogate, receivedAt }: Score, result: AppliedInput['result']): void {
    this.#counts[result] += 1;
    this.#customers.add(`${tenant}|${surrogate}`);
    this.#from = Math.min(this.#from, receivedAt);
    this.#to = Math.max(this.#to, receivedAt);
  }

  add(tenant: string, { decisions, tasks, audits }: SimulatedStep): void {
    for (const decision of decisions) {
      if (decision.kind === 'suppressed') raise(this.#of(decision.playbook).suppressed, decision.why);
    }
    for (const { action, playbook, reason } of audits) {
      if (action !== 'send-message' || playbook === null) continue;
      raise(this.#of(playbook).suppressed, `message: ${reason ?? 'unknown'}`);
    }
    for (const task of tasks) this.#addTask(tenant, task);
  }

  #addTask(tenant: string, task: RetentionTask): void {
    const sums = this.#of(task.playbook);
    if (task.version === 1) {
      sums[task.arm] += 1;
      raise(sums.days, this.#dayOf(task.createdAt));
      const playbook = this.#rules.of(tenant)?.playbooks.get(task.playbook);
      if (task.arm === 'treated' && playbook !== undefined) {
        sums.worthMinor += playbookWorth(playbook, task.score);
        sums.costMinor += playbook.offer?.costMinor ?? 0;
      }
    }
    for (const { contactId, channel } of task.contacts) {
      if (this.#contacts.has(contactId)) continue;
      this.#contacts.add(contactId);
      raise(sums.contacts, channel);
    }
    this.#addAsked(task);
  }

  #addAsked({ taskId, arm, step, queue, priority, respondBy }: RetentionTask): void {
    const isAsked = step?.kind === 'task' || step?.kind === 'follow-up';
    if (!isAsked || arm === 'holdout' || queue === null || this.asked.has(taskId)) return;
    this.asked.set(taskId, { taskId, queue, priority, at: step.since, respondBy });
  }

  #of(playbook: string): Sums {
    const known = this.#sums.get(playbook);
    if (known !== undefined) return known;
    const maps = { days: new Map(), contacts: new Map(), suppressed: new Map() };
    const made = { treated: 0, holdout: 0, worthMinor: 0, costMinor: 0, ...maps };
    this.#sums.set(playbook, made);
    return made;
  }

  /** What is known of the scores as a whole. */
  overall() {
    const { applied, stale, degraded } = this.#counts;
    const scores = applied + stale + degraded;
    const [from, to] = [this.#dayOf(this.#from), this.#dayOf(this.#to)];
    return { from, to, customers: this.#customers.size, scores, stale, degraded };
  }

  ofPlaybook(id: string): SimulatedPlaybook {
    const { treated, holdout, worthMinor, costMinor, days, contacts, suppressed } = this.#of(id);
    return {
      id,
      opened: treated + holdout,
      treated,
      holdout,
      days: inOrder(days),
      contacts: inOrder(contacts),
      suppressed: inOrder(suppressed),
      worthMinor: Math.round(worthMinor),
      costMinor,
    };
  }
}

function raise(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function inOrder(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
