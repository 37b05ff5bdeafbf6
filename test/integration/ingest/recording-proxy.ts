import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One request as a client sent it, and what it was answered. */
export interface SeenRequest {
  readonly encoding: string | undefined;
  readonly batch: readonly { readonly uuid?: string }[] | undefined;
  readonly answer: unknown;
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** When it came, by `performance.now()`. */
  readonly cameAt: number;
  readonly answeredAt: number;
}

export interface ProxyHooks {
  readonly before?: (batch: NonNullable<SeenRequest['batch']>) => Promise<void>;
  readonly after?: () => Promise<void>;
}

export interface RecordingProxy {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/**
 * Stands before a server, changes nothing, and remembers what went through.
 * @param hooks `before` gets the batch before the server does; `after` comes before the client gets the answer
 */
export async function openRecordingProxy(target: string, hooks: ProxyHooks = {}): Promise<RecordingProxy> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void pass(request, response, { target, hooks, seen });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { target, hooks, seen }: { target: string; hooks: ProxyHooks; seen: SeenRequest[] },
): Promise<void> {
  const cameAt = performance.now();
  const body = await readAll(request);
  const { method, headers, url } = request;
  const encoding = headers['content-encoding'];
  const { batch } = JSON.parse((encoding === 'gzip' ? gunzipSync(body) : body).toString()) as SeenRequest;
  await hooks.before?.(batch ?? []);
  const upstream = httpRequest(target + (url ?? '/'), { method, headers: { ...headers, host: new URL(target).host } });
  const answer = await new Promise<IncomingMessage>((resolve) => upstream.once('response', resolve).end(body));
  const answered = await readAll(answer);
  const { statusCode: status = 500, headers: sent } = answer;
  const parsed: unknown = JSON.parse(answered.toString());
  seen.push({
    encoding,
    batch,
    answer: parsed,
    status,
    retryAfter: sent['retry-after'],
    cameAt,
    answeredAt: performance.now(),
  });
  await hooks.after?.();
  response.writeHead(status, sent).end(answered);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
