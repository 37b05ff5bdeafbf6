import { EngineError, errorRegistry } from '../../services/core/errors.ts';
import type { ErrorCode } from '../../services/core/errors.ts';
import type { DlqConnection } from './dlq-connection.ts';

/** A dead letter as the API shows it. */
export interface Letter {
  readonly id: string;
  readonly status: string;
  readonly recordedAt: string;
  readonly source: string | null;
  /** Masked, unless asked for in clear. */
  readonly eventId: string | null;
  readonly code: string;
  readonly detail: string;
  readonly obstacle: string | null;
}

export interface LetterPage {
  readonly letters: readonly Letter[];
  readonly cursor: string | null;
  readonly scanned: number;
  readonly cut: boolean;
}

export interface LetterResult {
  readonly id: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly detail: string | null;
}

export interface DlqClient {
  list(query: Readonly<Record<string, string>>): Promise<LetterPage>;
  show(id: string, options: { readonly original: boolean; readonly reveal: boolean }): Promise<object>;
  settle(how: 'replay' | 'drop', body: object): Promise<readonly LetterResult[]>;
}

const patienceMs = 60_000;

/** Talks to the API of ingest. Faults are EngineErrors with the code that the service names. */
export function createDlqClient({ url, token }: DlqConnection): DlqClient {
  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(patienceMs);
    let answer: Response;
    let body: unknown;
    try {
      answer = await fetch(`${url}${path}`, { ...init, headers, redirect: 'error', signal });
      body = await answer.json();
    } catch (cause) {
      const message = `Ingest at ${url} does not answer as it should; check --url and that it runs.`;
      throw new EngineError('ERR_STACK_UNAVAILABLE', message, { retryable: true, cause });
    }
    if (answer.ok) return body;
    throw problemOf(answer.status, body);
  }

  return {
    list: async (query) => (await call(`/v1/dead-letters?${new URLSearchParams(query).toString()}`)) as LetterPage,
    async show(id, { original, reveal }) {
      const asked = new URLSearchParams({ ...(original && { original: 'true' }), ...(reveal && { reveal: 'true' }) });
      return (await call(`/v1/dead-letters/${encodeURIComponent(id)}?${asked.toString()}`)) as object;
    },
    async settle(how, body) {
      const answer = await call(`/v1/dead-letters:${how}`, { method: 'POST', body: JSON.stringify(body) });
      return (answer as { results: LetterResult[] }).results;
    },
  };
}

function problemOf(status: number, body: unknown): EngineError {
  const { code, detail } = (body ?? {}) as Record<string, unknown>;
  const known = typeof code === 'string' && code in errorRegistry ? (code as ErrorCode) : 'ERR_INTERNAL';
  const message = typeof detail === 'string' ? detail : `ingest answered with status ${status}`;
  return new EngineError(known, message, { retryable: status === 503 });
}
