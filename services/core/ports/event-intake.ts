import type { ContactEventType } from '../deliveries/event-payload.ts';
import type { OwnId } from '../identity/find-own-id.ts';
import type { DurationMs, EpochMs } from '../units.ts';

/** What became of a message, as ingest takes it. */
export interface ContactEvent {
  readonly messageId: string;
  readonly type: ContactEventType;
  readonly customer: OwnId;
  readonly at: EpochMs;
  readonly properties: Readonly<Record<string, string>>;
}

export type IntakeResult =
  /** Accepted, or accepted before. */
  | { readonly as: 'taken' }
  /** It will never be taken. */
  | { readonly as: 'refused'; readonly reason: string }
  | { readonly as: 'unavailable'; readonly reason: string; readonly retryAfterMs: DurationMs | null };

/** The way of events into ingest. Never rejects for what the network does. */
export interface EventIntake {
  send(event: ContactEvent): Promise<IntakeResult>;
}
