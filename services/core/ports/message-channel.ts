import type { MessageLanguage } from '../deliveries/message-language.ts';
import type { DurationMs, EpochMs } from '../units.ts';

/** A message that is ready to go. */
export interface OutgoingMessage {
  /** The same at every attempt. */
  readonly id: string;
  /** Address in the channel's own form; null for channels whose provider knows the customer by `customerRef`. */
  readonly to: string | null;
  readonly customerRef: string | null;
  readonly at: EpochMs;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly language: MessageLanguage;
}

/** Reasons are words such as `smtp-550`: never an address, never what a server wrote. */
export type MessageResult =
  /** Taken by whoever carries it on; `isDelivered` where it is known to have arrived. */
  | { readonly as: 'sent'; readonly isDelivered: boolean }
  | { readonly as: 'failed'; readonly reason: string; readonly retryAfterMs: DurationMs | null }
  /** It will never arrive at this address. */
  | { readonly as: 'undeliverable'; readonly reason: string };

/** A way to customers. Never rejects for what servers or the network do. */
export interface MessageChannel {
  /** What of a customer it has to know. */
  readonly needs: 'email' | 'phone' | 'customerRef';
  send(message: OutgoingMessage): Promise<MessageResult>;
  /** Lets connections go. */
  close(): Promise<void>;
}
