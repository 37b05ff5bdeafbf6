import { EngineError } from '../../core/errors.ts';
import type { TaskArm, TaskIndexQuery } from '../../core/ports/task-index.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';
import { isTaskStatus, taskStatuses } from '../../core/tasks/task-status.ts';
import { decodeTaskCursor } from './task-cursor.ts';

/** What a caller asked of the task list. */
export interface TaskQuery {
  readonly status: TaskStatus | null;
  readonly owner: string | null;
  readonly limit: number;
  readonly queue: string | null;
  /** Null lists both. */
  readonly arm: TaskArm | null;
  readonly sort: TaskIndexQuery['order'];
  /** Order key to go on after; null begins with the first. */
  readonly after: string | null;
}

const defaultLimit = 50;
const maxLimit = 200;
const maxNameLength = 200;
export const arms: readonly TaskArm[] = ['treated', 'holdout'];
export const sorts: readonly TaskIndexQuery['order'][] = ['newest', 'priority'];
const known: ReadonlySet<string> = new Set(['status', 'owner', 'queue', 'arm', 'sort', 'limit', 'cursor']);

/** Reads the query string of `GET /v1/tasks`. Throws ERR_USAGE naming the parameter that is wrong. */
export function parseTaskQuery(query: Readonly<Record<string, unknown>>): TaskQuery {
  for (const [name, value] of Object.entries(query)) {
    if (!known.has(name))
      throw wrong(`"${name}" is not a parameter of the task list; it takes ${[...known].join(', ')}`);
    if (typeof value !== 'string') throw wrong(`${name} is given more than once`);
  }
  const { status, owner, queue, limit, cursor, ...rest } = query as Readonly<Record<string, string | undefined>>;
  const sort = oneOf('sort', rest.sort ?? 'newest', sorts);
  return {
    status: status === undefined ? null : parseStatus(status),
    owner: owner === undefined ? null : parseName('owner', owner),
    queue: queue === undefined ? null : parseName('queue', queue),
    arm: rest.arm === undefined ? shownArm(owner, queue) : oneOf('arm', rest.arm, arms),
    sort,
    limit: limit === undefined ? defaultLimit : parseLimit(limit),
    after: cursor === undefined ? null : parseCursor(cursor, sort),
  };
}

/** Whoever asks for the work of a person or a queue is shown none that must not be done. */
function shownArm(owner: string | undefined, queue: string | undefined): TaskArm | null {
  return owner === undefined && queue === undefined ? null : 'treated';
}

function parseStatus(text: string): TaskStatus {
  if (isTaskStatus(text)) return text;
  throw wrong(`status must be one of ${taskStatuses.join(', ')}`);
}

function parseName(parameter: string, text: string): string {
  if (text !== '' && text.length <= maxNameLength) return text;
  throw wrong(`${parameter} must be a name of 1 to ${maxNameLength} characters`);
}

function oneOf<T extends string>(parameter: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw wrong(`${parameter} must be one of ${words.join(', ')}`);
}

function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw wrong(`limit must be a whole number from 1 to ${maxLimit}`);
}

function parseCursor(text: string, sort: TaskIndexQuery['order']): string {
  const orderKey = decodeTaskCursor(text, sort);
  if (orderKey !== null) return orderKey;
  throw wrong(
    'cursor must be the "next" of an earlier answer of the same sort, unchanged; leave it out to begin with the first task',
  );
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
