import type { EpochMs } from '../units.ts';
import { taskOrderKey } from './task-order.ts';

const signBit = 1n << 63n;
const allBits = (1n << 64n) - 1n;

/**
 * Place of a task in lists by priority: such keys sort as text like priority, then like `taskOrderKey`, so "best first" is
 * descending order. 16 hex digits, a colon, the order key.
 */
export function taskRankKey(task: {
  readonly priority: number;
  readonly createdAt: EpochMs;
  readonly taskId: string;
}): string {
  return `${sortableHex(task.priority)}:${taskOrderKey(task)}`;
}

/** Whether `text` is a key as `taskRankKey` makes them. */
export function isTaskRankKey(text: string): boolean {
  return /^[0-9a-f]{16}:\d{16}:[0-9a-f]{32}$/.test(text);
}

/** The bits of a double in an order that is that of the numbers; what is no number counts as 0. */
function sortableHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  // Adding 0 makes a negative zero a positive one: the two are equal and must sort alike.
  view.setFloat64(0, Number.isNaN(value) ? 0 : value + 0);
  const bits = view.getBigUint64(0);
  const sortable = (bits & signBit) === 0n ? bits | signBit : bits ^ allBits;
  return sortable.toString(16).padStart(16, '0');
}
