import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of one request: `forward` reaches the server, but its answer is lost. */
export type ProxyPlan = 'forward and drop' | 'forward and hang' | 'pass';

export interface HttpProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands before a server and loses answers by plan: the first request by the first word of it, and so on. */
export async function openHttpProxy(target: string, plan: readonly ProxyPlan[]): Promise<HttpProxy> {
  let requests = 0;
  const server = createServer((request, response) => {
    void forward(request, response, { target, plan: plan[requests++] ?? 'pass' });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, plan }: { target: string; plan: ProxyPlan },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(target + (request.url ?? '/'), {
    method: request.method ?? 'POST',
    body: Buffer.concat(chunks),
    headers: {
      authorization: request.headers.authorization ?? '',
      'x-retry-count': String(request.headers['x-retry-count'] ?? 0),
    },
  });
  const body = await answer.text();
  if (plan === 'forward and drop') request.socket.destroy();
  else if (plan === 'pass') response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
}
