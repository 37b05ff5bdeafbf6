import { EngineError } from '../../core/errors.ts';
import type { DeliveryPlace, DeliveryQuery } from '../../core/ports/delivery-store.ts';

/** What a caller asked of the list of deliveries. */
export type DeliveryListQuery = DeliveryQuery;

const states: ReadonlySet<string> = new Set(['dead', 'pending']);
const known = ['state', 'limit', 'cursor'] as const;
const defaultLimit = 50;
const maxLimit = 200;

/** Reads the query string of `GET /v1/deliveries`. Throws ERR_USAGE naming the parameter that is wrong. */
export function parseDeliveryQuery(query: Readonly<Record<string, unknown>>): DeliveryListQuery {
  for (const [name, value] of Object.entries(query)) {
    if (!known.some((each) => each === name)) {
      throw wrong(`"${name}" is not a parameter of the list of deliveries; it takes ${known.join(', ')}`);
    }
    if (typeof value !== 'string') throw wrong(`${name} is given more than once`);
  }
  const { state = 'dead', limit, cursor } = query as Readonly<Record<string, string | undefined>>;
  if (!states.has(state)) throw wrong(`state must be one of ${[...states].join(', ')}`);
  return {
    state: state as DeliveryListQuery['state'],
    limit: limit === undefined ? defaultLimit : parseLimit(limit),
    after: cursor === undefined ? null : parseCursor(cursor),
  };
}

/** A place in the list, as callers hand it back. */
export function encodeDeliveryCursor({ at, id }: DeliveryPlace): string {
  return Buffer.from(`${at}:${id}`, 'utf8').toString('base64url');
}

function parseCursor(cursor: string): DeliveryPlace {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, at, id] = /^(\d{1,15}):(.+)$/s.exec(text) ?? [];
  const place = { at: Number(at), id: id ?? '' };
  if (id !== undefined && encodeDeliveryCursor(place) === cursor) return place;
  throw wrong('cursor must be the "next" of an earlier answer, unchanged; leave it out to begin with the newest');
}

function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw wrong(`limit must be a whole number from 1 to ${maxLimit}`);
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
