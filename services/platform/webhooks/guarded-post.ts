import { lookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { DurationMs } from '../../core/units.ts';
import { hostOf, type HostGuard } from './host-guard.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface GuardedPostOptions {
  readonly guard: HostGuard;
  /** Looks a host name up; that of the system where absent. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** PEM of further authorities that certificates may come from. */
  readonly ca?: string;
}

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: DurationMs;
}

/** An answer whose head came and whose body came to its end, or was cut at the limit; else why there is none. */
export type PostAnswer =
  { readonly status: number; readonly retryAfter: string | null } | { readonly status: null; readonly reason: string };

/** What is read of an answer; more is of no use, and a receiver may send without end. */
const mostAnswerBytes = 16 * 1024;

/**
 * Posts to a host that is allowed, at the very address that was checked: the name is looked up once, every address it
 * has must be allowed, and the connection goes to one of them, so that a name that changes its mind in between
 * (DNS rebinding) leads nowhere. Redirects are answers, not ways. The time limit covers looking up, connecting, sending
 * and the whole answer, however slowly it drips. No connection is kept.
 */
export function createGuardedPost(options: GuardedPostOptions): (request: PostRequest) => Promise<PostAnswer> {
  const { guard, resolve = (host) => lookup(host, { all: true, verbatim: true }) } = options;

  async function addressesOf(host: string): Promise<readonly ResolvedAddress[]> {
    const family = isIP(host);
    return family === 0 ? resolve(host) : [{ address: host, family }];
  }

  return async function post(request) {
    const url = URL.parse(request.url);
    const refusal = url === null ? 'url-invalid' : guard.refuseUrl(url);
    if (url === null || refusal !== null) return { status: null, reason: refusal ?? 'url-invalid' };
    const signal = AbortSignal.timeout(request.timeoutMs);
    const host = hostOf(url);
    const addresses = await within(addressesOf(host), signal).catch(() => null);
    if (addresses === null || addresses.length === 0) {
      return { status: null, reason: signal.aborted ? 'timeout' : 'name-unknown' };
    }
    if (!addresses.every(({ address }) => guard.allowsAddress(host, address))) {
      return { status: null, reason: 'address-refused' };
    }
    return send(url, request, { addresses, signal, ca: options.ca });
  };
}

interface Way {
  readonly addresses: readonly ResolvedAddress[];
  readonly signal: AbortSignal;
  readonly ca: string | undefined;
}

function send(url: URL, { headers, body, timeoutMs }: PostRequest, way: Way): Promise<PostAnswer> {
  const { signal, ca } = way;
  const open = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve) => {
    const length = String(Buffer.byteLength(body));
    const request: ClientRequest = open(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': length, connection: 'close' },
      agent: false,
      lookup: answering(way.addresses),
      maxHeaderSize: mostAnswerBytes,
      signal,
      // No timeout of a silent socket may outlive the limit of the whole.
      timeout: timeoutMs,
      ...(ca === undefined ? {} : { ca }),
    });
    const give = (answer: PostAnswer): void => {
      resolve(answer);
      request.destroy();
    };
    request.on('response', (response) => {
      readToEnd(response).then(
        () => give({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }),
        () => give({ status: null, reason: signal.aborted ? 'timeout' : 'answer-broken' }),
      );
    });
    request.on('error', (error) => give({ status: null, reason: signal.aborted ? 'timeout' : nameOf(error) }));
    request.end(body);
  });
}

/** Stands in for the look-up of the client: whatever it asks, it hears what was checked. */
function answering(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

/** Rejects where the answer ends before its end: a length that lies, a connection that breaks. */
async function readToEnd(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostAnswerBytes) return;
  }
  if (!response.complete) throw new Error('the answer is cut off');
}

/** A word for a fault of the network; its text may hold addresses. */
function nameOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return 'connection-failed';
  if (code.startsWith('HPE_')) return 'answer-broken';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return 'certificate-refused';
  return code === 'ECONNREFUSED' ? 'connection-refused' : 'connection-failed';
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject }: PromiseWithResolvers<never> = Promise.withResolvers();
  const onAbort = (): void => reject(new Error('the time is up'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
