import { toNfc } from '../to-nfc.ts';
import { isEmail } from './is-email.ts';

/** What SDKs send when a variable was empty or nobody was signed in; thousands of people would become one customer. */
const refused: ReadonlySet<string> = new Set([
  '', '0', '-1', 'null', '(null)', 'nil', 'none', 'undefined', 'nan', 'n/a', 'na', 'true', 'false', 'guest', 'anon',
  'anonymous', 'unknown', 'not set', '(not set)', 'not_authenticated', 'id', 'user', 'userid', 'user_id', 'distinctid',
  'distinct_id', 'email', '[object object]', '00000000-0000-0000-0000-000000000000',
]); // prettier-ignore

/**
 * One spelling per id: trimmed, Unicode NFC, case kept except in e-mail addresses (lower case). Null for ids that
 * name nobody (empty, `null`, `undefined`, `guest`, `0` …, in any case).
 */
export function canonicalId(raw: string): string | null {
  const id = toNfc(raw).trim();
  if (refused.has(id.toLowerCase())) return null;
  return isEmail(id) ? id.toLowerCase() : id;
}
