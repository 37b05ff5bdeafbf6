import { EngineError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/units.ts';
import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';
import { parseIsoTime } from '../../core/events/parse-iso-time.ts';
import { parseCursor } from './letter-cursor.ts';
import { letterStatuses } from './letter-filter.ts';
import type { LetterFilter, LetterStatus } from './letter-filter.ts';
import type { LetterQuery } from './list-letters.ts';

const texts = ['tenant', 'source', 'code', 'step', 'eventId', 'importId'] as const;
const known: ReadonlySet<string> = new Set([...texts, 'status', 'since', 'until']);

/** A filter as it stands in a query or a body. @throws ERR_USAGE, which names what is wrong */
export function readLetterFilter(fields: JsonObject): LetterFilter {
  for (const name of Object.keys(fields)) {
    // A filter that was not understood must never become one that takes everything.
    if (!known.has(name)) throw usage(`"${name}" is no filter; use ${[...known].join(', ')}`);
  }
  const [tenant, source, code, step, eventId, importId] = texts.map((name) => readText(fields, name));
  const status = readStatus(fields);
  return {
    tenant,
    source,
    code,
    step,
    eventId,
    importId,
    status,
    since: readTime(fields, 'since'),
    until: readTime(fields, 'until'),
  };
}

/** @param most largest `limit` */
export function readLetterQuery(query: JsonObject, most: number): LetterQuery {
  const { limit, cursor, ...fields } = query;
  return {
    filter: readLetterFilter(fields),
    limit: readLimit(limit ?? Math.min(50, most), most),
    cursor: cursor === undefined || cursor === null ? null : readCursor(cursor),
  };
}

const members: ReadonlySet<string> = new Set(['ids', 'filter', 'limit', 'cursor', 'dryRun', 'asNewId']);

/** What a replay or a drop is to work on. */
export type LetterSelection = { readonly ids: readonly string[] } | { readonly query: LetterQuery };

/** @param most most letters of one call */
export function readSelection(body: unknown, most: number): LetterSelection {
  for (const name of Object.keys(isJsonObject(body) ? body : {})) {
    // A misspelt dryRun must never do what it was to try out.
    if (!members.has(name)) throw usage(`"${name.slice(0, 64)}" is no member; use ${[...members].join(', ')}`);
  }
  const { ids, filter, limit, cursor } = isJsonObject(body) ? body : {};
  if (Array.isArray(ids) && filter === undefined) {
    if (ids.length <= most && ids.every((id) => typeof id === 'string')) return { ids: ids };
    throw usage(`"ids" must be at most ${most} ids as texts`);
  }
  if (!isJsonObject(filter) || ids !== undefined) {
    throw usage('the body must be {"ids": [ … ]} or {"filter": { … }}; {"filter": {}} takes every open letter');
  }
  return {
    query: readLetterQuery({ ...filter, status: filter['status'] ?? 'open', limit: limit ?? most, cursor }, most),
  };
}

/** True or false, also as text; false when absent. */
export function readSwitch(fields: JsonObject, name: string): boolean {
  const value = fields[name];
  if (value === undefined || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw usage(`"${name}" must be true or false`);
}

function readText(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw usage(`"${name}" must be a text that is not empty`);
}

function readStatus({ status }: JsonObject): LetterStatus | null {
  if (status === undefined || status === null || status === 'any') return null;
  const found = letterStatuses.find((each) => each === status);
  if (found === undefined) throw usage(`"status" must be any, ${letterStatuses.join(' or ')}`);
  return found;
}

function readTime(fields: JsonObject, name: string): EpochMs | null {
  const text = readText(fields, name);
  const time = text === null ? null : parseIsoTime(text);
  if (text !== null && time === null) throw usage(`"${name}" must be a time in ISO 8601, as 2026-05-01T10:00:00Z`);
  return time;
}

function readLimit(value: unknown, most: number): number {
  const limit = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw usage(`"limit" must be a whole number from 1 to ${most}`);
}

function readCursor(value: unknown) {
  const cursor = typeof value === 'string' ? parseCursor(value) : null;
  if (cursor === null) throw usage('"cursor" must be the cursor of an answer before');
  return cursor;
}

function usage(message: string): EngineError {
  return new EngineError('ERR_USAGE', message, { retryable: false });
}
