import type { Clock } from '../../../services/core/ports/clock.ts';
import type { DurationMs, EpochMs } from '../../../services/core/units.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Tasks of the broker and of the world itself, which no killed process takes with it. */
export const nobody = -1;

interface Task {
  readonly owner: number;
  readonly dueAt: EpochMs;
  readonly label: string;
  /** Whether the world is at rest while only such tasks wait. */
  readonly isBackground: boolean;
  readonly run: () => void;
}

export interface TaskWishes {
  readonly owner: number;
  readonly delayMs: DurationMs;
  readonly label: string;
  readonly isBackground?: boolean;
}

/**
 * Owns all asynchrony of a simulated world. Whatever would wait for a network, a timer or another process is a task; one
 * task runs at a time, and everything it makes runnable runs before the next is chosen. Of the tasks that are due the
 * seed chooses; when none is, time jumps to the next one.
 */
export class Scheduler {
  readonly #random: SeededRandom;
  readonly #trace: string[] | null;
  #tasks: Task[] = [];
  #now: EpochMs = 0;
  #steps = 0;

  /** @param trace takes a line per step; null keeps none */
  constructor(random: SeededRandom, trace: string[] | null) {
    this.#random = random;
    this.#trace = trace;
  }

  get now(): EpochMs {
    return this.#now;
  }

  get steps(): number {
    return this.#steps;
  }

  add({ owner, delayMs, label, isBackground = false }: TaskWishes, run: () => void): void {
    this.#tasks.push({ owner, dueAt: this.#now + delayMs, label, isBackground, run });
  }

  /** Takes away the tasks of an owner that `keep` does not want. */
  drop(owner: number, keep: (label: string) => boolean): void {
    this.#tasks = this.#tasks.filter((task) => task.owner !== owner || keep(task.label));
  }

  /** A clock whose sleepers are tasks of the owner. */
  clockOf(owner: number, isBackground = false): Clock {
    return {
      now: () => this.#now,
      sleep: (delayMs) =>
        new Promise((wake) => this.add({ owner, delayMs, label: 'reply: sleep', isBackground }, () => wake())),
    };
  }

  /** Whether nothing but background tasks waits. */
  isAtRest(): boolean {
    return this.#tasks.every((task) => task.isBackground);
  }

  note(line: string): void {
    this.#trace?.push(`${String(this.#steps).padStart(5)}  ${String(this.#now).padStart(7)} ms  ${line}`);
  }

  /** Runs one task and all that follows from it at once. @returns false when there is none */
  async step(): Promise<boolean> {
    const task = this.#choose();
    if (task === null) return false;
    this.#steps += 1;
    this.#now = Math.max(this.#now, task.dueAt);
    if (this.#trace !== null && !task.label.endsWith('sleep')) this.note(`${nameOf(task.owner)}: ${task.label}`);
    task.run();
    await followed();
    return true;
  }

  #choose(): Task | null {
    if (this.#tasks.length === 0) return null;
    let due = this.#tasks.filter((task) => task.dueAt <= this.#now);
    if (due.length === 0) {
      const next = this.#tasks.reduce((first, task) => Math.min(first, task.dueAt), Infinity);
      due = this.#tasks.filter((task) => task.dueAt === next);
    }
    const chosen = due.length === 1 ? due[0] : this.#random.pick(due);
    this.#tasks.splice(this.#tasks.indexOf(chosen), 1);
    return chosen;
  }
}

/** Once the event loop turns, no promise that could go on is left. */
export function followed(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function nameOf(owner: number): string {
  return owner === nobody ? 'world' : `process ${owner}`;
}
