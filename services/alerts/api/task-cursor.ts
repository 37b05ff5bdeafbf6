import type { TaskIndexQuery } from '../../core/ports/task-index.ts';
import { isTaskOrderKey } from '../../core/tasks/task-order.ts';
import { isTaskRankKey } from '../../core/tasks/task-rank-key.ts';

/** A place in the task list, as callers hand it back. */
export function encodeTaskCursor(orderKey: string): string {
  return Buffer.from(orderKey, 'latin1').toString('base64url');
}

/** Null for anything that `encodeTaskCursor` did not make of a place in a list of this order. */
export function decodeTaskCursor(cursor: string, order: TaskIndexQuery['order']): string | null {
  const orderKey = Buffer.from(cursor, 'base64url').toString('latin1');
  const isPlace = order === 'priority' ? isTaskRankKey(orderKey) : isTaskOrderKey(orderKey);
  return isPlace && encodeTaskCursor(orderKey) === cursor ? orderKey : null;
}
