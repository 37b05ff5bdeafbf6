import type { AuditRecord } from '../audit/audit-record.ts';
import type { DoneCommand } from '../tasks/task-state.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import type { PointsOpening } from './balance-points.ts';
import type { SpendDay } from './member-level.ts';
import type { OrderMemory } from './order-points.ts';
import type { PointsLedger } from './points-ledger.ts';

/** Up to where a log's partition is booked for this customer. */
export interface LogMark {
  readonly log: 'events' | 'commands';
  /** See `LogPlace`. */
  readonly logId: string | null;
  readonly partition: number;
  readonly offset: number;
}

/** The business's own id of the customer, as it came, sealed. */
export interface SealedReference {
  readonly keyId: string;
  /** Base64. */
  readonly sealed: string;
  /** Of the event that it came with. */
  readonly receivedAt: EpochMs;
}

/** A level that has to be told. */
export interface LevelChange {
  /** The same however often it is sent. */
  readonly changeId: string;
  readonly from: string;
  readonly to: string;
  readonly at: EpochMs;
}

/** Everything that points and levels of one customer are made of. Never mutated: each input makes a new one. */
export interface LoyaltyState {
  readonly marks: readonly LogMark[];
  /** Hashes of the newest events that were booked, oldest first. */
  readonly recent: readonly number[];
  /** Days of `member.registered`, rising; at most `keptRegistrations`. */
  readonly registrations: readonly EpochDay[];
  readonly opening: PointsOpening | null;
  readonly ledger: PointsLedger;
  readonly spend: readonly SpendDay[];
  readonly orders: readonly OrderMemory[];
  /** The newest commands, oldest first; at most `keptCorrections`. */
  readonly commands: readonly DoneCommand[];
  /** Decided, and not known to be published. */
  readonly audits: readonly AuditRecord[];
  readonly reference: SealedReference | null;
  /** The level that was told last; null for the lowest, which nobody is told. */
  readonly toldLevel: string | null;
  /** How many changes were decided so far. */
  readonly levelChanges: number;
  /** Changes that are decided and not known to be sent, oldest first. */
  readonly untold: readonly LevelChange[];
}

export const keptRegistrations = 8;
/** So many orders, those of the latest days, are known when something of them comes back. */
export const keptOrders = 256;
/** So many corrections are known again when they come twice. */
export const keptCorrections = 64;
/** Up to so many days the ledger is kept as it is. */
export const keptLedgerDays = 730;
/** So many days after it was booked a day may still change without a trace of when it did. */
export const lateDays = 90;

export function emptyLoyaltyState(): LoyaltyState {
  return {
    marks: [],
    recent: [],
    registrations: [],
    opening: null,
    ledger: [],
    spend: [],
    orders: [],
    commands: [],
    audits: [],
    reference: null,
    toldLevel: null,
    levelChanges: 0,
    untold: [],
  };
}
