/** JSON that stands in a field as text, or as base64 (of URLs, padded or not) of a text; undefined where it is none. */
export function readJsonField(plain: unknown, base64: unknown): unknown {
  try {
    if (typeof plain === 'string') return JSON.parse(plain);
    // Some trackers write the object itself into a POST.
    if (typeof plain === 'object' && plain !== null) return plain;
    return typeof base64 === 'string' ? JSON.parse(Buffer.from(base64, 'base64url').toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}
