import type { IdentityHash } from '../../core/events/customer-record.ts';
import { isEmail } from '../../core/identity/is-email.ts';
import { namedSurrogate } from '../../core/identity/named-surrogate.ts';
import { toNfc } from '../../core/to-nfc.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ClientEvent } from '../client-event.ts';
import { knownSurrogate } from './known-surrogates.ts';
import type { CustomerIds } from './read-customer.ts';

export interface Pseudonym {
  /** Of the user id where there is one, or the one it names (`~` + 32 hex digits); else of the anonymous id. */
  readonly surrogate: Surrogate;
  /** Keyed hashes of every id the event shows, so that profiles can be linked later. */
  readonly identities: readonly IdentityHash[];
}

/** Turns the customer's ids into what may stand on a topic for ever. */
export function pseudonymise(
  ids: CustomerIds,
  event: Pick<ClientEvent, 'traits' | 'properties'>,
  digest: Digest,
  key: Buffer,
): Pseudonym {
  const identities: IdentityHash[] = [];
  const add = (type: string, id: string | null): void => {
    if (id !== null) identities.push({ type, hash: knownSurrogate(digest, key, type, id) });
  };
  const named = namedSurrogate(ids.user);
  if (named === null) add('user', ids.user);
  else identities.push({ type: 'surrogate', hash: named });
  add('anonymous', ids.anonymous);
  add('email', readEmail(event.traits['email']) ?? readEmail(event.properties['email']) ?? readEmail(ids.user));
  add('phone', readPhone(event.traits['phone']) ?? readPhone(event.properties['phone']));
  return { surrogate: identities[0].hash, identities };
}

function readEmail(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 320 || !value.includes('@')) return null;
  const text = toNfc(value).trim().toLowerCase();
  return isEmail(text) && text.isWellFormed() ? text : null;
}

function readPhone(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  const digits = value.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return /^\+?\d{6,15}$/.test(digits) ? digits : null;
}
