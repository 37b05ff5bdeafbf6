import { isEmail } from '../../core/identity/is-email.ts';
import { isPersonalId } from '../../core/identity/is-personal-id.ts';
import type { JsonObject } from '../json-object.ts';
import { looksPersonal } from './personal-data.ts';
import type { CustomerIds } from './read-customer.ts';

/** The field that scores and tasks show as the business's own id of the customer. */
const customerRef = 'customerRef';

/**
 * Everything of an event that is sealed: the business's own id, the traits, the personal properties. A user id that is
 * an e-mail address or a telephone number is kept under `email` or `phone`, so that it never becomes a reference.
 * @param properties personal ones, as parted by `sortProperties`
 */
export function collectPersonal(
  ids: CustomerIds,
  traits: JsonObject,
  properties: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  if (ids.user !== null && !isPersonalId(ids.user)) fields.set(customerRef, ids.user);
  else if (ids.user !== null) fields.set(isEmail(ids.user) ? 'email' : 'phone', ids.user);
  const unnamed: [string, unknown][] = [];
  for (const [name, value] of Object.entries(traits)) {
    if (looksPersonal(name)) unnamed.push([name, value]);
    else fields.set(fields.has(name) ? `traits.${name}` : name, value);
  }
  for (const [name, value] of properties) fields.set(fields.has(name) ? `properties.${name}` : name, value);
  if (unnamed.length > 0) fields.set('traits', Object.fromEntries(unnamed));
  return fields;
}
