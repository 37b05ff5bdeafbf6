import type { EpochMs, Surrogate } from '../units.ts';

/** What goes out: a signed call, a message to a customer, what became of one as an event, a digest for a queue. */
export type DeliveryKind = 'webhook' | 'message' | 'event' | 'digest';

/** `claimed` is being sent by some process; `sent` and `dead` are ends, of which `dead` can be replayed. */
export type DeliveryState = 'pending' | 'claimed' | 'sent' | 'dead';

/** What waits for the same receiver: one that hangs holds up its own lane and no other. */
export interface DeliveryLane {
  readonly tenant: string;
  readonly kind: DeliveryKind;
  /** Name of the webhook, the channel or the queue; `ingest` for events. */
  readonly target: string;
}

/** Whom and what a delivery is about; kept for as long as the delivery is known, so never an address. */
export interface DeliverySubject {
  readonly surrogate: Surrogate | null;
  readonly customerRef: string | null;
  readonly taskId: string | null;
  readonly playbook: string | null;
  readonly channel: string | null;
}

/** Something that is owed to a receiver, once for each id within its lane. */
export interface Delivery extends DeliveryLane {
  readonly id: string;
  readonly subject: DeliverySubject;
  /** When what it tells came to be. */
  readonly createdAt: EpochMs;
  readonly dueAt: EpochMs;
  /** What is sent, as JSON of a form of its kind; forgotten once it is sent. */
  readonly payload: string;
}

/** A delivery as the store holds it. */
export interface StoredDelivery extends Delivery {
  readonly state: DeliveryState;
  /** Failed attempts since it was queued or replayed. */
  readonly attempts: number;
  /** How often it was taken up to be sent; whoever holds an older count has lost it. */
  readonly claims: number;
  /** Why it waits or is dead; null for none. */
  readonly reason: string | null;
  /** When it was sent or died. */
  readonly settledAt: EpochMs | null;
  /** When somebody asked for it again. */
  readonly replayedAt: EpochMs | null;
}
