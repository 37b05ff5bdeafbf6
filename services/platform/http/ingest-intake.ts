import type { ContactEvent, EventIntake, IntakeResult } from '../../core/ports/event-intake.ts';
import type { DurationMs } from '../../core/units.ts';

export interface IngestIntakeOptions {
  /** Address of ingest, without a slash at its end. */
  readonly url: string;
  readonly writeKey: string;
  readonly timeoutMs: DurationMs;
}

interface Answer {
  readonly results?: Readonly<Record<string, { readonly result?: string; readonly code?: string } | undefined>>;
}

const taken: ReadonlySet<string> = new Set(['accepted', 'duplicate', 'suppressed']);

/** Sends events to ingest as every client does: `POST /v1/batch` under a write key. */
export function createIngestIntake({ url, writeKey, timeoutMs }: IngestIntakeOptions): EventIntake {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  return {
    async send(event) {
      const signal = AbortSignal.timeout(timeoutMs);
      const body = JSON.stringify({ batch: [toBatchEvent(event)] });
      const headers = { authorization, 'content-type': 'application/json' };
      try {
        const response = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body, redirect: 'manual', signal });
        const answer = (await response.json().catch(() => ({}))) as Answer;
        if (response.ok) return readResult(answer, event.messageId);
        const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
        const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : null;
        return { as: 'unavailable', reason: `ingest-${response.status}`, retryAfterMs };
      } catch {
        const reason = signal.aborted ? 'ingest-timeout' : 'ingest-unreachable';
        return { as: 'unavailable', reason, retryAfterMs: null };
      }
    },
  };
}

function toBatchEvent({ messageId, type, customer, at, properties }: ContactEvent): object {
  const id = customer.idType === 'user' ? { userId: customer.id } : { anonymousId: customer.id };
  return { type: 'track', event: type, messageId, ...id, timestamp: new Date(at).toISOString(), properties };
}

function readResult({ results }: Answer, messageId: string): IntakeResult {
  const { result = 'unanswered', code } = results?.[messageId] ?? {};
  if (taken.has(result)) return { as: 'taken' };
  if (result === 'unanswered') return { as: 'unavailable', reason: 'ingest-unanswered', retryAfterMs: null };
  return { as: 'refused', reason: `ingest-${code ?? result}` };
}
