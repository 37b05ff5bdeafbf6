import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../services/core/errors.ts';
import type { RowResult } from './checkpoint.ts';
import type { ImportEvent } from './make-event.ts';
import { toRequest } from './to-request.ts';

export interface IngestAddress {
  readonly url: string;
  readonly writeKey: string;
  readonly importId: string;
  /** Gives up on a batch that was not answered for so long. */
  readonly patienceMs?: number;
}

export interface EventAnswer {
  readonly result: RowResult;
  readonly code: string | null;
  readonly detail: string | null;
}

const requestTimeoutMs = 60_000;
const longestWaitMs = 30_000;
const defaultPatienceMs = 10 * 60_000;

/** Posts events until they are answered; waits as long as ingest asks for. @returns answers by event id */
export async function postEvents(
  events: readonly ImportEvent[],
  address: IngestAddress,
): Promise<Readonly<Record<string, EventAnswer>>> {
  const { path, body } = toRequest(events, address.importId);
  const url = new URL(path, address.url);
  const deadline = Date.now() + (address.patienceMs ?? defaultPatienceMs);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await post(url, body, address.writeKey, attempt);
    if (answer.results !== null) return answer.results;
    if (answer.isFinal || Date.now() > deadline) throw refused(url, answer);
    await pause(answer.retryAfterMs ?? Math.min(5_000, 250 * 2 ** Math.min(attempt, 5)));
  }
}

interface Attempt {
  readonly results: Readonly<Record<string, EventAnswer>> | null;
  readonly isFinal: boolean;
  readonly retryAfterMs: number | null;
  readonly what: string;
}

async function post(url: URL, body: string, writeKey: string, attempt: number): Promise<Attempt> {
  const headers = { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`, 'x-retry-count': String(attempt) }; // prettier-ignore
  // Not AbortSignal.timeout: it holds on to the request, body and all, until its time is up.
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(new Error('no answer in time')), requestTimeoutMs);
  try {
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: abort.signal });
    const json = (await response.json()) as { results?: Record<string, EventAnswer>; detail?: string };
    const { status } = response;
    const asked = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
    const retryAfterMs = Number.isFinite(asked) ? Math.min(longestWaitMs, Math.max(0, asked)) : null;
    const results = response.ok ? (json.results ?? null) : null;
    return { results, isFinal: status !== 429 && status < 500, retryAfterMs, what: `${status}: ${json.detail ?? ''}` };
  } catch (error) {
    const { message, cause } = error as Error;
    const what = cause instanceof Error ? cause.message : message;
    return { results: null, isFinal: false, retryAfterMs: null, what };
  } finally {
    clearTimeout(timeout);
  }
}

function refused(url: URL, { what }: Attempt): EngineError {
  const message = `Ingest at ${url.origin} did not take a batch (${what}). Mend that and start the same import again: it goes on where it stopped.`;
  return new EngineError('ERR_IMPORT_UNSENT', message, { retryable: true });
}
