import { createServer } from 'node:https';
import { request } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Certificates } from './certificates.ts';

export interface GuardedRegistry {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A way to a registry that takes TLS only and asks for a login, as a gateway in front of one does.
 * @param accepted values of the authorization header: any request, or reading alone
 */
export async function openGuardedRegistry(
  target: string,
  certificates: Certificates,
  accepted: { readonly all: readonly string[]; readonly readOnly: readonly string[] },
): Promise<GuardedRegistry> {
  const { cert, key } = certificates;
  const to = new URL(target);
  const server = createServer({ cert, key }, (asked, answer) => {
    const login = asked.headers.authorization ?? '';
    const mayRead = accepted.readOnly.includes(login) && asked.method === 'GET';
    if (!accepted.all.includes(login) && !mayRead) {
      asked.resume();
      answer.writeHead(accepted.readOnly.includes(login) ? 403 : 401).end('{"error_code":40301,"message":"no"}');
      return;
    }
    const { method, url: path } = asked;
    const { authorization: _login, ...headers } = asked.headers;
    const passed = { ...headers, host: to.host };
    const forward = request(
      { hostname: to.hostname, port: to.port || 80, method, path, headers: passed },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    forward.on('error', () => answer.destroy());
    asked.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}${to.pathname.replace(/\/+$/, '')}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
