import { EngineError } from '../../../services/core/errors.ts';
import type { AnswerLedger } from '../../../simulator/answer-ledger.ts';
import { pause } from '../pause.ts';
import type { TrackMessage } from './to-segment-track.ts';

export interface BatchPosterOptions {
  readonly ingest: string;
  readonly writeKey: string;
  readonly ledger: AnswerLedger;
  readonly signal: AbortSignal;
  /** Gives up when ingest has taken nothing for so long. */
  readonly patienceMs?: number;
}

const requestTimeoutMs = 60_000;
const longestWaitMs = 5_000;
const defaultPatienceMs = 180_000;

/** Posts one batch, again and again until it is answered; what is not answered in time fails the replay. */
export function createBatchPoster(options: BatchPosterOptions): (messages: readonly TrackMessage[]) => Promise<void> {
  const { ingest, ledger, signal } = options;
  const authorization = `Basic ${Buffer.from(`${options.writeKey}:`).toString('base64')}`;
  const headers = { 'content-type': 'application/json', authorization };
  return async (messages) => {
    const ids = messages.map((message) => message.messageId);
    const body = JSON.stringify({ batch: messages, sentAt: new Date().toISOString() });
    const deadline = Date.now() + (options.patienceMs ?? defaultPatienceMs);
    for (let attempt = 0; ; attempt += 1) {
      const retry: Record<string, string> = attempt === 0 ? {} : { 'x-retry-count': String(attempt) };
      const answer = await post(`${ingest}/v1/batch`, body, { ...headers, ...retry });
      if (answer !== null && answer.status < 300) {
        ledger.noteAnswer(ids, answer.results);
        return;
      }
      if (answer === null) ledger.noteLost(ids);
      else if (answer.status !== 429 && answer.status < 500) throw refused(answer.status, answer.detail);
      if (signal.aborted || Date.now() > deadline) {
        ledger.noteGivenUp(ids);
        if (signal.aborted) return;
        throw refused(answer?.status ?? null, answer?.detail ?? 'no answer');
      }
      await pause(waitOf(answer?.retryAfter ?? null, attempt), signal);
    }
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly results: Readonly<Record<string, unknown>>;
  readonly detail: string;
}

/** Null when the connection broke or the answer cannot be read. */
async function post(url: string, body: string, headers: Record<string, string>): Promise<Answer | null> {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs);
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    const json = (await response.json()) as { results?: Record<string, unknown>; detail?: string };
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, results: json.results ?? {}, detail: json.detail ?? '' };
  } catch {
    return null;
  }
}

function waitOf(retryAfter: string | null, attempt: number): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  return Math.min(longestWaitMs, Number.isFinite(asked) ? asked : 200 * 2 ** Math.min(attempt, 5));
}

function refused(status: number | null, detail: string): EngineError {
  const message = `Ingest did not take a batch of orders (${status ?? 'no answer'}): ${detail}`;
  return new EngineError('ERR_INTERNAL', message, { retryable: false });
}
