/** Header names in lower case. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The write key that the headers carry: user of Basic authentication (its password is not looked at), Bearer token, or
 * X-Write-Key. Null when there is none.
 */
export function writeKeyOfHeaders(headers: Headers): string | null {
  const [scheme = '', credentials = ''] = firstOf(headers['authorization']).split(/\s+/, 2);
  if (/^basic$/i.test(scheme)) return Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0] || null;
  if (/^bearer$/i.test(scheme)) return credentials || null;
  return firstOf(headers['x-write-key']) || null;
}

function firstOf(header: string | readonly string[] | undefined): string {
  return (typeof header === 'string' ? header : (header?.[0] ?? '')).trim();
}
