import type { DurationMs, EpochMs } from '../units.ts';

/** A signed call, as it is made at one attempt. */
export interface WebhookCall {
  readonly url: string;
  /** `webhook-id`: the same at every attempt, so that the receiver can drop what it had. */
  readonly id: string;
  readonly at: EpochMs;
  /** JSON. */
  readonly body: string;
  readonly timeoutMs: DurationMs;
}

/**
 * What the receiver made of a call. `reason` is a word such as `status-500`, `timeout`, `redirect` or `address-refused`,
 * never what the receiver wrote. `isFinal`: it does not want to be called again (410).
 */
export type WebhookAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly isFinal: boolean;
      /** What it asks to wait; null where it does not say. */
      readonly retryAfterMs: DurationMs | null;
    };

/** Calls webhooks. Never rejects for what the receiver or the network does. */
export interface WebhookCaller {
  call(call: WebhookCall): Promise<WebhookAnswer>;
}
