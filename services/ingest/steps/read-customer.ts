import { canonicalId } from '../../core/identity/canonical-id.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { ClientEvent } from '../client-event.ts';
import { ingestLimits } from '../ingest-limits.ts';
import { reject } from './reject.ts';

/** Canonical ids of the customer; at least one of them is there. */
export interface CustomerIds {
  readonly user: string | null;
  readonly anonymous: string | null;
}

/**
 * Whose event this is. Ids that name nobody (`null`, `guest`, `0` …) count as absent; an id that is there but cannot
 * be one (too long, a list, a number that lost digits) refuses the event, lest it goes to the wrong customer.
 */
export function readCustomer(event: Pick<ClientEvent, 'userId' | 'anonymousId'>): Outcome<CustomerIds> {
  const user = readId(event.userId);
  const anonymous = readId(event.anonymousId);
  if (user === undefined || anonymous === undefined) {
    const what = user === undefined ? 'userId' : 'anonymousId';
    const detail = `${what} is no text of at most ${ingestLimits.idCharacters} characters; send ids as text`;
    return reject('ERR_EVENT_INVALID', detail);
  }
  if (user === null && anonymous === null) {
    const detail =
      'userId and anonymousId are both missing or placeholders such as "null" or "guest"; send one of them';
    return reject('ERR_EVENT_INVALID', detail);
  }
  return { outcome: 'ok', value: { user, anonymous } };
}

/** Null for an absent id, undefined for an impossible one. */
function readId(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || text.length > ingestLimits.idCharacters || !text.isWellFormed()) return undefined;
  return canonicalId(text);
}
