import { isEmail } from '../../core/identity/is-email.ts';
import { namedSurrogate } from '../../core/identity/named-surrogate.ts';
import { isPersonalId } from '../../core/identity/is-personal-id.ts';
import type { JsonObject } from '../json-object.ts';
import { originalsPrefix } from './collect-originals.ts';
import { customerRef } from './customer-ref.ts';
import type { PersonalCheck } from './personal-check.ts';
import type { CustomerIds } from './read-customer.ts';

/**
 * Everything of an event that is sealed: the business's own id, the traits, the personal properties. A user id that is
 * an e-mail address or a telephone number is kept under `email` or `phone`, so that it never becomes a reference.
 * @param properties personal ones, as parted by `sortProperties`
 */
export function collectPersonal(
  ids: CustomerIds,
  traits: JsonObject,
  properties: ReadonlyMap<string, unknown>,
  isPersonal: PersonalCheck,
): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  // Whoever names a customer by the surrogate does not know the business's own id of them.
  if (ids.user !== null && namedSurrogate(ids.user) === null) fields.set(nameOfUserId(ids.user), ids.user);
  const unnamed: [string, unknown][] = [];
  // A client's own field of such a name must not pass for the reference, or for the work of a rule.
  const put = (from: string, name: string, value: unknown): void => {
    const isTaken = name === customerRef || name.startsWith(originalsPrefix) || fields.has(name);
    fields.set(isTaken ? `${from}.${name}` : name, value);
  };
  for (const [name, value] of Object.entries(traits)) {
    if (isPersonal(name)) unnamed.push([name, value]);
    else put('traits', name, value);
  }
  for (const [name, value] of properties) put('properties', name, value);
  if (unnamed.length > 0) put('unnamed', 'traits', Object.fromEntries(unnamed));
  return fields;
}

function nameOfUserId(userId: string): string {
  if (!isPersonalId(userId)) return customerRef;
  return isEmail(userId) ? 'email' : 'phone';
}
