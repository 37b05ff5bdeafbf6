import type { IncomingHttpHeaders } from 'node:http';

/**
 * The write key that the headers carry: user of Basic authentication (its password is not looked at), Bearer token, or
 * X-Write-Key. Null when there is none.
 */
export function writeKeyOfHeaders(headers: IncomingHttpHeaders): string | null {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  if (/^basic$/i.test(scheme)) return Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0] || null;
  if (/^bearer$/i.test(scheme)) return credentials || null;
  const header = headers['x-write-key'];
  return (Array.isArray(header) ? header[0] : header)?.trim() || null;
}
