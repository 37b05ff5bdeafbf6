import type { WebhookPayload } from '../../core/deliveries/webhook-payload.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { WebhookCaller } from '../../core/ports/webhook-caller.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Sender } from './sender.ts';

/** A webhook that is set up. */
export interface WebhookTarget {
  readonly url: string;
  readonly timeoutMs: DurationMs;
  readonly caller: WebhookCaller;
}

export interface WebhookSenderDeps {
  /** Null where the tenant has no such webhook. */
  readonly targetOf: (tenant: string, name: string) => WebhookTarget | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly longestMs: DurationMs;
}

/** Calls webhooks; the id of the delivery is `webhook-id` at every attempt. */
export function createWebhookSender({ targetOf, clock, longestMs }: WebhookSenderDeps): Sender {
  return {
    longestMs,
    async send({ id, tenant, target, payload }) {
      const found = targetOf(tenant, target);
      if (found === null) return { as: 'dead', reason: 'target-not-configured' };
      const { body } = JSON.parse(payload) as WebhookPayload;
      const { url, timeoutMs, caller } = found;
      const answer = await caller.call({ url, id, at: clock.now(), body, timeoutMs });
      if (answer.ok) return { as: 'sent' };
      const { reason, retryAfterMs, isFinal } = answer;
      return isFinal ? { as: 'dead', reason: 'gone' } : { as: 'failed', reason, retryAfterMs };
    },
  };
}
