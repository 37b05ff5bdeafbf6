import type { Surrogate } from '../units.ts';
import { canonicalId } from './canonical-id.ts';

/** How somebody named a customer: by an id of the business (canonical), or by the surrogate itself. */
export type CustomerId =
  | { readonly by: 'id'; readonly idType: 'user' | 'anonymous'; readonly canonicalId: string }
  | { readonly by: 'surrogate'; readonly surrogate: Surrogate };

/**
 * Reads a customer id as APIs and the command line take it: `user:42`, plain `42` (a user id), `anonymous:…`, or
 * `~` + 32 hex digits. A user id that itself begins with `user:` or `anonymous:` needs the prefix. Null for ids that
 * name nobody.
 */
export function parseCustomerId(text: string): CustomerId | null {
  if (/^~[0-9a-f]{32}$/i.test(text)) return { by: 'surrogate', surrogate: text.slice(1).toLowerCase() };
  const prefixed = /^(user|anonymous):(.*)$/s.exec(text);
  const idType = (prefixed?.[1] ?? 'user') as 'user' | 'anonymous';
  const id = canonicalId(prefixed?.[2] ?? text);
  return id === null ? null : { by: 'id', idType, canonicalId: id };
}
