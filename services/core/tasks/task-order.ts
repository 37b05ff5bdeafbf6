import type { EpochMs } from '../units.ts';

/**
 * Place of a task in lists: such keys sort as text like creation time, then task id, so "newest first" is descending
 * order and a list can go on after any key, whatever was added meanwhile. 16 digits, a colon, 32 hex digits.
 */
export function taskOrderKey(task: { readonly createdAt: EpochMs; readonly taskId: string }): string {
  return `${String(task.createdAt).padStart(16, '0')}:${task.taskId}`;
}

/** Whether `text` is a key as `taskOrderKey` makes them. */
export function isTaskOrderKey(text: string): boolean {
  return /^\d{16}:[0-9a-f]{32}$/.test(text);
}
