import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { FuzzRequest } from './fuzz-request.ts';

export interface FuzzAnswer {
  /** 0 when the server closed the connection without an answer. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly code: string | null;
}

const answerWithinMs = 20_000;

/** One connection per lane, as SDKs keep theirs open. */
export function createFuzzSender(url: string, lanes: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const { hostname, port } = new URL(url);

  function send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    return new Promise((resolve, reject) => {
      const options = { agent, hostname, port, method, path, headers, timeout: answerWithinMs };
      let seen = 0;
      const sending = request(options, (response) => {
        seen = response.statusCode ?? 0;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status = 0, headers: sent } = response;
          resolve({ status, retryAfter: sent['retry-after'], code: codeOf(Buffer.concat(chunks)) });
        });
      });
      sending.on('timeout', () => sending.destroy(new Error(`${method} ${path} was not answered in time`)));
      sending.on('error', (error: NodeJS.ErrnoException) => {
        // A request line that is no HTTP hides its method: the answer to such a HEAD has a body.
        const isHead = method === 'HEAD' && seen > 0;
        const isClosed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
        if (isHead || isClosed) resolve({ status: isHead ? seen : 0, retryAfter: undefined, code: null });
        else reject(new Error(`${method} ${path.slice(0, 80)}, answered ${seen}: ${error.message}`));
      });
      sending.end(method === 'GET' || method === 'HEAD' ? undefined : body);
    });
  }

  /** Bytes that need not be HTTP at all; resolves with the status line once the server has closed or answered. */
  function sendBytes(bytes: Buffer): Promise<FuzzAnswer> {
    return new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.end(bytes));
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
        const retryAfter = /^retry-after: (\d+)/im.exec(text)?.[1];
        resolve({ status, retryAfter, code: null });
      });
    });
  }

  return { send, sendBytes, close: () => agent.destroy() };
}

function codeOf(body: Buffer): string | null {
  try {
    return (JSON.parse(body.toString()) as { code?: string } | null)?.code ?? null;
  } catch {
    return null;
  }
}
