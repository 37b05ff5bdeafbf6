import type { RetentionTask } from '../tasks/retention-task.ts';
import { ArmTally, isDrawn, type CustomerOutcome, type Draw } from './arm-tally.ts';
import { countPacked, packTask, unpackTask, type KeptTask, type PackedTasks } from './packed-tasks.ts';
import { costOfTask } from './task-cost.ts';

/**
 * What treating did, folded from snapshots of tasks in any order and any number of times: of each task the highest version
 * counts. A customer counts once for each playbook, in the arm of its first task that was drawn for one (a share of the
 * holdout of 0 or 1 draws nothing): later episodes depend on what the first one did. What they cost within the window of
 * the first belongs to its outcome and is counted with it.
 */
export class EffectBook {
  /** By tenant and playbook, then by surrogate. */
  readonly #customers = new Map<string, Map<string, PackedTasks>>();
  readonly #tallies: ArmTally[] = [];
  readonly #draws = new Map<string, number>();
  readonly #triggers: string[] = [];

  /** @returns false where the book knew this version of the task, or a later one */
  add(task: RetentionTask): boolean {
    const customers = this.#customersOf(task);
    const tasks = customers.get(task.surrogate) ?? [];
    const kept = this.#keep(task);
    const index = indexOf(tasks, kept);
    if (index < countPacked(tasks) && unpackTask(tasks, index).version >= kept.version) return false;
    this.#count(tasks, -1);
    const changed = packTask(tasks, index, kept);
    if (changed !== tasks) customers.set(task.surrogate, changed);
    this.#count(changed, 1);
    return true;
  }

  /** Every draw that tasks tell of, in no order. */
  get tallies(): readonly ArmTally[] {
    return this.#tallies;
  }

  #customersOf({ tenant, playbook }: RetentionTask): Map<string, PackedTasks> {
    const key = JSON.stringify([tenant, playbook]);
    const customers = this.#customers.get(key) ?? new Map<string, PackedTasks>();
    this.#customers.set(key, customers);
    return customers;
  }

  #keep(task: RetentionTask): KeptTask {
    const { episode, version, createdAt, measured } = task;
    return {
      draw: this.#drawOf(task),
      trigger: this.#triggerOf(task.trigger),
      episode,
      version,
      createdAt,
      until: measured?.until ?? null,
      churned: measured?.churned ?? false,
      repurchased: (measured?.purchases ?? 0) > 0,
      revenueMinor: measured?.revenueMinor ?? 0,
      cost: costOfTask(task),
    };
  }

  #drawOf({ tenant, playbook, segment, holdoutShare, arm }: Draw): number {
    const key = JSON.stringify([tenant, playbook, segment, holdoutShare, arm]);
    const known = this.#draws.get(key);
    if (known !== undefined) return known;
    this.#draws.set(key, this.#tallies.length);
    return this.#tallies.push(new ArmTally({ tenant, playbook, segment, holdoutShare, arm })) - 1;
  }

  #triggerOf(name: string): number {
    const known = this.#triggers.indexOf(name);
    return known >= 0 ? known : this.#triggers.push(name) - 1;
  }

  #count(packed: PackedTasks, sign: 1 | -1): void {
    const tasks = Array.from({ length: countPacked(packed) }, (_, i) => unpackTask(packed, i));
    if (tasks.length === 0) return;
    const drawn = tasks.filter(({ draw }) => isDrawn(this.#tallies[draw].draw));
    const first = (drawn.length > 0 ? drawn : tasks).reduce((a, b) => (this.#isBefore(b, a) ? b : a));
    this.#tallies[first.draw].count(outcomeOf(first, tasks), sign);
  }

  /** Order of the moment of opening; that of names where several opened at once. */
  #isBefore(a: KeptTask, b: KeptTask): boolean {
    if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt;
    if (a.trigger !== b.trigger) return this.#triggers[a.trigger] < this.#triggers[b.trigger];
    return a.episode < b.episode;
  }
}

/** Where a task stands; the place behind the last one where it is new. */
function indexOf(packed: PackedTasks, { trigger, episode }: KeptTask): number {
  const count = countPacked(packed);
  for (let index = 0; index < count; index += 1) {
    const known = unpackTask(packed, index);
    if (known.trigger === trigger && known.episode === episode) return index;
  }
  return count;
}

function outcomeOf(first: KeptTask, tasks: readonly KeptTask[]): CustomerOutcome {
  const { until, churned, repurchased, revenueMinor } = first;
  if (until === null) return { measured: null, cost: 0 };
  const within = tasks.filter(({ createdAt }) => createdAt >= first.createdAt && createdAt < until);
  const cost = within.reduce((sum, task) => sum + task.cost, 0);
  return { measured: { churned, repurchased, revenueMinor }, cost };
}
