const latest = 8.64e15;

/** A statement in milliseconds since 1970, number or text, as ISO 8601; any other value as it stands. */
export function isoOfMillis(value: unknown): unknown {
  const isDigits = typeof value === 'string' && /^\d{11,16}$/.test(value.trim());
  const millis = isDigits ? Number(value) : value;
  if (typeof millis !== 'number' || !Number.isFinite(millis) || Math.abs(millis) > latest) return value;
  return new Date(millis).toISOString();
}
