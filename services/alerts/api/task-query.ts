import { EngineError } from '../../core/errors.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';
import { isTaskStatus, taskStatuses } from '../../core/tasks/task-status.ts';
import { decodeTaskCursor } from './task-cursor.ts';

/** What a caller asked of the task list. */
export interface TaskQuery {
  readonly status: TaskStatus | null;
  readonly owner: string | null;
  readonly limit: number;
  /** Order key to go on after; null begins with the newest. */
  readonly after: string | null;
}

const defaultLimit = 50;
const maxLimit = 200;
const maxOwnerLength = 200;
const known: ReadonlySet<string> = new Set(['status', 'owner', 'limit', 'cursor']);

/** Reads the query string of `GET /v1/tasks`. Throws ERR_USAGE naming the parameter that is wrong. */
export function parseTaskQuery(query: Readonly<Record<string, unknown>>): TaskQuery {
  for (const [name, value] of Object.entries(query)) {
    if (!known.has(name))
      throw wrong(`"${name}" is not a parameter of the task list; it takes ${[...known].join(', ')}`);
    if (typeof value !== 'string') throw wrong(`${name} is given more than once`);
  }
  const { status, owner, limit, cursor } = query as Readonly<Record<string, string | undefined>>;
  return {
    status: status === undefined ? null : parseStatus(status),
    owner: owner === undefined ? null : parseOwner(owner),
    limit: limit === undefined ? defaultLimit : parseLimit(limit),
    after: cursor === undefined ? null : parseCursor(cursor),
  };
}

function parseStatus(text: string): TaskStatus {
  if (isTaskStatus(text)) return text;
  throw wrong(`status must be one of ${taskStatuses.join(', ')}`);
}

function parseOwner(text: string): string {
  if (text !== '' && text.length <= maxOwnerLength) return text;
  throw wrong(`owner must be a name of 1 to ${maxOwnerLength} characters`);
}

function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw wrong(`limit must be a whole number from 1 to ${maxLimit}`);
}

function parseCursor(text: string): string {
  const orderKey = decodeTaskCursor(text);
  if (orderKey !== null) return orderKey;
  throw wrong('cursor must be the "next" of an earlier answer, unchanged; leave it out to begin with the newest task');
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
