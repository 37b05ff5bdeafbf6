import type { StoredDelivery } from '../../core/deliveries/delivery.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';

/** What became of an attempt to send. Reasons are words from a small set, for they are labels and are shown. */
export type SendResult =
  | { readonly as: 'sent' }
  | { readonly as: 'failed'; readonly reason: string; readonly retryAfterMs: DurationMs | null }
  | { readonly as: 'waiting'; readonly reason: string; readonly until: EpochMs }
  | { readonly as: 'dead'; readonly reason: string };

/** Sends deliveries of one kind. */
export interface Sender {
  /** A rejection is a fault of our own house (the store is away): the delivery is tried again as after a failure. */
  send(delivery: StoredDelivery): Promise<SendResult>;
  /** After so long an attempt is over, one way or another. */
  readonly longestMs: DurationMs;
}
