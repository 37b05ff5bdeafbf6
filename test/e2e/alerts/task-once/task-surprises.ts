import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';

/** A record of the tasks topic. */
export interface TaskRecord {
  readonly partition: number;
  readonly bytes: string;
  readonly task: RetentionTask;
}

/** What the records of the tasks topic say; every list is empty when all is well. */
export interface TaskSurprises {
  /** A second open task of a customer and trigger, at the moment a reader would have seen it. */
  readonly openTwice: readonly string[];
  /** Versions of a task that were skipped, or came before the one before them. */
  readonly gaps: readonly string[];
  /** Copies of a version with other bytes. */
  readonly differingCopies: readonly string[];
  /** Tasks of one customer that stand in several partitions, where their order would be nobody's. */
  readonly scattered: readonly string[];
  /** Tasks whose last record on the topic, which compaction keeps, is not their highest version. */
  readonly endsOld: readonly string[];
}

/**
 * Reads the records as a consumer of the topic would: one after the other, keeping the highest version of each task.
 * @param records in the order of their partitions
 */
export function findTaskSurprises(records: readonly TaskRecord[]): TaskSurprises {
  const found = new SurpriseFinder();
  for (const record of records) found.read(record);
  return found.surprises();
}

class SurpriseFinder {
  readonly #newest = new Map<string, RetentionTask>();
  readonly #last = new Map<string, number>();
  readonly #copies = new Map<string, string>();
  readonly #partitions = new Map<string, number>();
  readonly #open = new Map<string, Set<string>>();
  readonly #openTwice: string[] = [];
  readonly #gaps: string[] = [];
  readonly #differingCopies: string[] = [];
  readonly #scattered: string[] = [];

  read({ partition, bytes, task }: TaskRecord): void {
    const { taskId, version } = task;
    const before = this.#newest.get(taskId)?.version ?? 0;
    if (version > before + 1) this.#gaps.push(`${taskId}: ${version} after ${before}`);
    const copy = `${taskId}:${version}`;
    if ((this.#copies.get(copy) ?? bytes) !== bytes) this.#differingCopies.push(copy);
    this.#copies.set(copy, bytes);
    const customer = `${task.tenant}:${task.surrogate}`;
    if ((this.#partitions.get(customer) ?? partition) !== partition) this.#scattered.push(customer);
    this.#partitions.set(customer, partition);
    this.#last.set(taskId, version);
    if (version <= before) return;
    this.#newest.set(taskId, task);
    this.#noteOpen(`${customer}:${task.trigger}`, task);
  }

  #noteOpen(place: string, task: RetentionTask): void {
    const open = this.#open.get(place) ?? new Set();
    this.#open.set(place, open);
    if (task.status === 'open') open.add(task.taskId);
    else open.delete(task.taskId);
    if (open.size > 1) this.#openTwice.push(`${place}: ${[...open].join(', ')}`);
  }

  surprises(): TaskSurprises {
    const endsOld = [...this.#newest.values()].filter((task) => this.#last.get(task.taskId) !== task.version);
    return {
      openTwice: this.#openTwice,
      gaps: this.#gaps,
      differingCopies: this.#differingCopies,
      scattered: this.#scattered,
      endsOld: endsOld.map((task) => `${task.taskId}: ${this.#last.get(task.taskId)} after ${task.version}`),
    };
  }
}
