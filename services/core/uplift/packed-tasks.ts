import type { EpochMs, MinorUnits } from '../units.ts';

/** What the book of effects keeps of a task. */
export interface KeptTask {
  /** Of the book's list of draws. */
  readonly draw: number;
  /** Of the book's list of triggers. */
  readonly trigger: number;
  readonly episode: number;
  readonly version: number;
  readonly createdAt: EpochMs;
  /** End of the window; null until it has ended. */
  readonly until: EpochMs | null;
  readonly churned: boolean;
  readonly repurchased: boolean;
  readonly revenueMinor: MinorUnits;
  /** What acting on it cost; 0 where nobody did. */
  readonly cost: MinorUnits;
}

/** Tasks of one customer under one playbook, end to end: an array of numbers takes a third of the room of objects. */
export type PackedTasks = number[];

const stride = 8;
/** Draws and triggers are few. */
const perTrigger = 2 ** 26;

export function countPacked(packed: PackedTasks): number {
  return packed.length / stride;
}

export function unpackTask(packed: PackedTasks, index: number): KeptTask {
  const at = index * stride;
  const bits = packed[at + 5];
  return {
    draw: packed[at] % perTrigger,
    trigger: Math.floor(packed[at] / perTrigger),
    episode: packed[at + 1],
    version: packed[at + 2],
    createdAt: packed[at + 3],
    until: (bits & 1) === 0 ? null : packed[at + 4],
    churned: (bits & 2) !== 0,
    repurchased: (bits & 4) !== 0,
    revenueMinor: packed[at + 6],
    cost: packed[at + 7],
  };
}

/** The tasks with one more, or another one at an index: always an array of exactly their length, for one that grows keeps spare room. */
export function packTask(packed: PackedTasks, index: number, task: KeptTask): PackedTasks {
  const bits = (task.until === null ? 0 : 1) + (task.churned ? 2 : 0) + (task.repurchased ? 4 : 0);
  const numbers = [
    task.trigger * perTrigger + task.draw,
    task.episode,
    task.version,
    task.createdAt,
    task.until ?? 0,
    bits,
    task.revenueMinor,
    task.cost,
  ];
  if (index === countPacked(packed)) return packed.length === 0 ? numbers : packed.concat(numbers);
  for (const [i, number] of numbers.entries()) packed[index * stride + i] = number;
  return packed;
}
