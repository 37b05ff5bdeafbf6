import type { TaskStatus } from '../../services/core/tasks/retention-task.ts';

/** A task as far as it is counted. */
export interface CountedTask {
  readonly playbook: string;
  readonly arm: string;
  readonly status: TaskStatus;
  readonly isFollowUp: boolean;
  readonly isWarned: boolean;
  readonly isBreached: boolean;
  readonly escalations: number;
  readonly channels: readonly string[];
  /** Purchases in the window of its effect; null while it is open, or where it has none. */
  readonly purchases: number | null;
}

/** Something that was not done, and why. */
export interface CountedWithheld {
  readonly playbook: string;
  readonly what: string;
  readonly why: string;
}

/** What stands at the foot of the books: counts by playbook and by what is counted, both in order of the alphabet. */
export type CareFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Adds tasks up by playbook. */
export function countCare(tasks: Iterable<CountedTask>, withheld: Iterable<CountedWithheld>): CareFigures {
  const counts = new Map<string, Map<string, number>>();
  const add = (playbook: string, what: string, by = 1): void => {
    const row = counts.get(playbook) ?? new Map<string, number>();
    if (by > 0) counts.set(playbook, row.set(what, (row.get(what) ?? 0) + by));
  };
  for (const task of tasks) {
    add(task.playbook, task.isFollowUp ? 'follow-ups' : `opened ${task.arm}`);
    add(task.playbook, `${task.status} ${task.arm}`);
    add(task.playbook, 'warned', Number(task.isWarned));
    add(task.playbook, 'breached', Number(task.isBreached));
    add(task.playbook, 'escalations', task.escalations);
    for (const channel of task.channels) add(task.playbook, `contacts by ${channel}`);
    if (task.purchases !== null) add(task.playbook, 'measured');
    add(task.playbook, 'purchases measured', task.purchases ?? 0);
  }
  for (const { playbook, what, why } of withheld) add(playbook, `${what} withheld: ${why}`);
  const inOrder = <T>(entries: Iterable<readonly [string, T]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder(counts).map(([id, row]) => [id, Object.fromEntries(inOrder(row))]));
}
