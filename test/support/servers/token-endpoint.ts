import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificates.ts';

/** Gives tokens to the one client that it knows. */
export interface TokenEndpoint {
  readonly url: string;
  /** Bodies of the requests that came. */
  readonly asked: string[];
  close(): void;
}

export async function openTokenEndpoint(certificates: Certificates, authorization: string): Promise<TokenEndpoint> {
  const asked: string[] = [];
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => asked.push(body));
    const isKnown = request.headers.authorization === authorization;
    const known = { access_token: unsignedToken(), expires_in: 600 };
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(isKnown ? JSON.stringify(known) : '{"error":"invalid_client"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return { url, asked, close: () => void server.close() };
}

/** A token of the administrator for ten minutes, as a broker takes it that checks no signatures. */
export function unsignedToken(): string {
  const seconds = Math.floor(Date.now() / 1000);
  const parts = [{ alg: 'none' }, { sub: 'admin', iat: seconds, exp: seconds + 600 }];
  return parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';
}
