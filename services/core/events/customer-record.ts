import type { EpochDay, EpochMs, MinorUnits, Surrogate } from '../units.ts';

/**
 * What a record of `customer.events.v1` is. `event` and `forwarded` carry a customer's event; the others are control
 * records: everything that can change a state or a score has its place in this one log.
 */
export type RecordKind =
  | 'event' | 'forwarded' | 'epoch-started' | 'activation-changed' | 'day-closed' | 'identity-linked'
  | 'identity-unlinked' | 'constituent-snapshot' | 'consent-changed' | 'erased' | 'event-retracted'; // prettier-ignore

/** A keyed hash of one identity of the customer (user id, anonymous id, e-mail, phone …). */
export interface IdentityHash {
  readonly type: string;
  readonly hash: string;
}

/** One plain, non-personal property of an event. Sorted by name, so that equal facts have equal bytes. */
export interface Attribute {
  readonly name: string;
  readonly value: string | number | boolean | null;
}

/** Personal fields, each sealed on its own (AES-256-GCM) under the key `keyId`. */
export interface Envelope {
  readonly keyId: string;
  readonly fields: readonly { readonly name: string; readonly sealed: Buffer }[];
}

export interface ConsentMark {
  readonly purpose: string;
  readonly channel: string | null;
  readonly granted: boolean;
}

/** Where a forwarded event stood first, and the way it took. */
export interface RecordOrigin {
  readonly epoch: number;
  readonly partition: number;
  readonly offset: number;
  readonly linkEpoch: number;
  readonly path: readonly Surrogate[];
}

/** A new numbering of partitions and offsets begins here (topic created, recreated or re-partitioned). */
export interface EpochStarted {
  readonly epoch: number;
  readonly partitions: number;
  readonly reason: string;
}

/** The models and cut-offs in force from this record's own offset on. `activationId` is the hash of the content. */
export interface ActivationContent {
  readonly activationId: string;
  readonly stableModel: string;
  readonly stableModelHash: string;
  readonly candidateModel: string | null;
  readonly candidateModelHash: string | null;
  /** Share of customers scored by the candidate, 0 to 1. */
  readonly candidateShare: number;
  readonly backend: string;
  readonly levelCutoffs: readonly LevelCutoff[];
  /** Cut-offs of segments (`../segments/cutoffs.ts`). */
  readonly tierCutoffs: readonly { readonly scheme: string; readonly tier: string; readonly cutoff: number }[];
  /** Version of the segment configuration; null where segments are not assigned. */
  readonly segments: string | null;
}

/** A level is entered at `enter` and left below `exit` (hysteresis); both are churn probabilities. */
export interface LevelCutoff {
  readonly level: string;
  readonly enter: number;
  readonly exit: number;
}

export interface DayClosed {
  readonly day: EpochDay;
  readonly timezone: string;
}

export interface IdentityLink {
  readonly constituent: Surrogate;
  readonly person: Surrogate;
  readonly linkEpoch: number;
  readonly path: readonly Surrogate[];
}

export interface ConstituentSnapshot {
  readonly constituent: Surrogate;
  readonly linkEpoch: number;
  readonly origin: RecordOrigin;
  readonly stateVersion: number;
  readonly state: Buffer;
}

export interface Erasure {
  readonly requestId: string;
  readonly reason: string;
}

/**
 * One record of `customer.events.v1`, field for field as in `schemas/customer-event.v1.avsc`.
 * For control records of a whole partition `surrogate` is empty and `eventId` is the control id.
 */
export interface CustomerRecord {
  readonly kind: RecordKind;
  readonly eventId: string;
  readonly tenant: string;
  readonly region: string | null;
  readonly store: string | null;
  readonly source: string;
  readonly channel: string;
  /** A word of the vocabulary (`event-types.ts`); `custom` keeps the sender's own name in `name`. */
  readonly type: string;
  readonly name: string | null;
  readonly surrogate: Surrogate;
  readonly identities: readonly IdentityHash[];
  readonly occurredAt: EpochMs;
  readonly receivedAt: EpochMs;
  /** Signed: an order is positive, a cancellation or return is negative. */
  readonly amountMinor: MinorUnits | null;
  readonly currency: string | null;
  readonly reportingAmountMinor: MinorUnits | null;
  readonly rateVersion: string | null;
  readonly attributes: readonly Attribute[];
  readonly envelope: Envelope | null;
  readonly consent: readonly ConsentMark[];
  readonly contentHash: string;
  readonly historical: boolean;
  readonly importId: string | null;
  readonly planVersion: string | null;
  readonly origin: RecordOrigin | null;
  readonly epochStarted: EpochStarted | null;
  readonly activation: ActivationContent | null;
  readonly dayClosed: DayClosed | null;
  readonly link: IdentityLink | null;
  readonly snapshot: ConstituentSnapshot | null;
  readonly erasure: Erasure | null;
  readonly retracted: CustomerRecord | null;
}
