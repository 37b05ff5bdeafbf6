import type { Clock } from '../../core/ports/clock.ts';
import type { WebhookAnswer, WebhookCaller } from '../../core/ports/webhook-caller.ts';
import type { DurationMs } from '../../core/units.ts';
import type { SecretKey } from '../crypto/secret-key.ts';
import { signWebhook } from '../crypto/webhook-signature.ts';
import type { createGuardedPost, PostAnswer } from './guarded-post.ts';

export interface SignedWebhookCallerOptions {
  readonly post: ReturnType<typeof createGuardedPost>;
  /** Each signs: while a secret is changed the receiver knows one of them. */
  readonly secrets: readonly SecretKey[];
  readonly clock: Pick<Clock, 'now'>;
}

const gone = 410;

/** Calls a receiver with the headers of Standard Webhooks, over a guarded connection. */
export function createSignedWebhookCaller({ post, secrets, clock }: SignedWebhookCallerOptions): WebhookCaller {
  return {
    async call({ url, id, at, body, timeoutMs }) {
      const answer = await post({
        url,
        body,
        timeoutMs,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'tidewatch',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at / 1000)),
          'webhook-signature': secrets.map((secret) => signWebhook(secret, { id, at, body })).join(' '),
        },
      });
      return toAnswer(answer, clock.now());
    },
  };
}

function toAnswer(answer: PostAnswer, now: number): WebhookAnswer {
  if (answer.status === null) return { ok: false, reason: answer.reason, isFinal: false, retryAfterMs: null };
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return { ok: true };
  const reason = status >= 300 && status < 400 ? 'redirect' : `status-${status}`;
  return { ok: false, reason, isFinal: status === gone, retryAfterMs: readRetryAfter(retryAfter, now) };
}

/** Seconds, or a date (RFC 9110); null for anything else. */
function readRetryAfter(text: string | null, now: number): DurationMs | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
