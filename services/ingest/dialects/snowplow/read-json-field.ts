import { parseInnerJson } from '../parse-inner-json.ts';

/** JSON that stands in a field as text, or as base64 (of URLs, padded or not) of a text; undefined where it is none. */
export function readJsonField(plain: unknown, base64: unknown): unknown {
  if (typeof plain === 'string') return parseInnerJson(plain);
  // Some trackers write the object itself into a POST.
  if (typeof plain === 'object' && plain !== null) return plain;
  return typeof base64 === 'string' ? parseInnerJson(Buffer.from(base64, 'base64url').toString('utf8')) : undefined;
}
