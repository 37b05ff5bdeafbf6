const secretName =
  /^(authorization|cookie|password|passwd|secret|token|tokens|admintoken|writekey|writekeys|\w*apikey|credentials|\w*(secret|password|token|writekey|installationkey|pseudonymkey|contentkey|envelopekey))$/i;

const maxDepth = 6;

export const redacted = '[redacted]';

/** Whether a field of this name holds a secret, by its name alone (`-` and `_` are not looked at). */
export function isSecretName(name: string): boolean {
  return secretName.test(name.replace(/[-_]/g, ''));
}

/** Replaces user and password of a URL (`redis://user:pass@host`), also inside a longer text. */
export function redactUrlCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, `$1${redacted}@`);
}

/**
 * A copy of `value` without secrets: fields with a secret's name, bytes, and credentials in URLs. Instances of classes
 * (errors above all) are passed on as they are; nesting beyond six levels is cut.
 */
export function redactSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactUrlCredentials(value);
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= maxDepth) return '[nested too deep]';
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretName(name) && field !== null && field !== undefined ? redacted : redactSecrets(field, depth + 1),
    ]),
  );
}
