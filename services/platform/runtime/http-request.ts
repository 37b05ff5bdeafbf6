import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { DurationMs } from '../../core/units.ts';

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM of the authority of the server's certificate. */
  readonly ca?: string | undefined;
  readonly timeoutMs: DurationMs;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One request without redirects; `fetch` takes no certificate authority of one's own. */
export async function sendRequest(url: string, options: HttpRequest): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body, ca, timeoutMs } = options;
  const send = url.startsWith('https:') ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = send(url, {
      method,
      headers: { ...headers, ...length },
      signal,
      ...(ca === undefined ? {} : { ca }),
    });
    request.on('response', (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    request.on('error', (error) =>
      reject(signal.aborted ? new Error(`no answer within ${timeoutMs / 1000} s`) : error),
    );
    request.end(body);
  });
}
