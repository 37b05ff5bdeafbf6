import { isTaskOrderKey } from '../../core/tasks/task-order.ts';

/** A place in the task list, as callers hand it back. */
export function encodeTaskCursor(orderKey: string): string {
  return Buffer.from(orderKey, 'latin1').toString('base64url');
}

/** Null for anything that `encodeTaskCursor` did not make. */
export function decodeTaskCursor(cursor: string): string | null {
  const orderKey = Buffer.from(cursor, 'base64url').toString('latin1');
  return isTaskOrderKey(orderKey) && encodeTaskCursor(orderKey) === cursor ? orderKey : null;
}
