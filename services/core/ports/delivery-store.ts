import type { Delivery, DeliveryLane, DeliveryState, StoredDelivery } from '../deliveries/delivery.ts';
import type { DurationMs, EpochMs } from '../units.ts';

/** What became of an attempt. `waiting` is no attempt: it may not go out before `until`. */
export type Settlement =
  | { readonly as: 'sent'; readonly at: EpochMs }
  | { readonly as: 'failed'; readonly reason: string; readonly nextAt: EpochMs }
  | { readonly as: 'waiting'; readonly reason: string; readonly until: EpochMs }
  | { readonly as: 'dead'; readonly reason: string; readonly at: EpochMs };

/** A place in a list of deliveries. */
export interface DeliveryPlace {
  readonly at: EpochMs;
  readonly id: string;
}

export interface DeliveryQuery {
  readonly state: Extract<DeliveryState, 'pending' | 'dead'>;
  /** Lists what comes after this place; null begins with the newest. */
  readonly after: DeliveryPlace | null;
  readonly limit: number;
}

export interface LaneBacklog {
  readonly pending: number;
  readonly dead: number;
  /** When the oldest that is pending came to be; null for none. */
  readonly oldestAt: EpochMs | null;
}

/**
 * Deliveries by lane, shared by every process: queued → claimed → sent | failed (and due again) | dead. One that is
 * claimed and not settled within its lease is due again, since whoever had it may be gone. Each stays known for
 * `keepDeliveryMs`. Faults are EngineError ERR_STORE_UNAVAILABLE (retryable).
 */
export interface DeliveryStore {
  /** Queues what is not known yet. @returns per delivery, whether it was queued now */
  enqueue(deliveries: readonly Delivery[], now: EpochMs): Promise<readonly boolean[]>;
  /** Every lane that ever had a delivery. */
  lanes(): Promise<readonly DeliveryLane[]>;
  /** Takes up what is due by now, the most overdue first, until `leaseMs` from now. */
  claim(
    lane: DeliveryLane,
    options: { readonly now: EpochMs; readonly leaseMs: DurationMs; readonly limit: number },
  ): Promise<readonly StoredDelivery[]>;
  /**
   * Notes what became of a claimed delivery. That it was sent is noted whoever says so; all else only from the holder of
   * the newest claim. @returns whether it was noted
   */
  settle(claimed: StoredDelivery, settlement: Settlement): Promise<boolean>;
  /** Dead ones newest first by when they died, pending ones by when they came to be. */
  list(lane: DeliveryLane, query: DeliveryQuery): Promise<readonly StoredDelivery[]>;
  /** Null where the lane has no such delivery, or knows it no more. */
  find(lane: DeliveryLane, id: string): Promise<StoredDelivery | null>;
  /** Queues a dead delivery again, with all its attempts before it. @returns whether it was dead */
  replay(lane: DeliveryLane, id: string, now: EpochMs): Promise<boolean>;
  backlog(lane: DeliveryLane): Promise<LaneBacklog>;
  /** Grows with each new connection to the store; a change means that what was queued may have been lost. */
  connectionEpoch(): number;
}
