import type { Level } from '../scoring/level.ts';
import type { EpochDay, EpochMs, MinorUnits, Surrogate } from '../units.ts';
import type { SparseCounts } from './signals/sparse-counts.ts';

/** How far a partition of one epoch has been applied to this customer: `offset` is the last applied one. */
export interface Mark {
  readonly epoch: number;
  readonly partition: number;
  readonly offset: number;
}

/** What happened on one business day. Amounts are in the tenant's reporting currency. */
export interface DayTile {
  day: EpochDay;
  purchases: number;
  spendMinor: MinorUnits;
  cancellations: number;
  /** Positive. */
  cancelledMinor: MinorUnits;
}

/** What else happened on one business day: signals of service, satisfaction, campaigns, usage, loyalty and contracts. */
export interface SignalTile {
  day: EpochDay;
  /** See `signals/signal-counters.ts`. */
  counts: SparseCounts;
  /** Steps of cases, ascending; see `signals/case-marks.ts`. */
  cases: number[];
}

/** Foldable history; everything in it is an integer, and folding is commutative inside the horizon. */
export interface FeatureState {
  /** Revision of the feature set under which the customer's first record was folded; see `features-revision.ts`. */
  revision: number;
  /** Tiles of the horizon (about 455 days before asOf), ascending by day. */
  tiles: DayTile[];
  /** Every day with a purchase, for life, ascending and distinct. */
  purchaseDays: EpochDay[];
  lifetimePurchases: number;
  lifetimeSpendMinor: MinorUnits;
  lifetimeCancellations: number;
  lifetimeCancelledMinor: MinorUnits;
  /** Day of the first event of any kind that a feature reads; null before it. */
  firstDay: EpochDay | null;
  /** Tiles of the horizon that hold signals, ascending by day. */
  signalTiles: SignalTile[];
  /** The few signals that are summed for life; see `signals/lifetime-counters.ts`. */
  signalTotals: SparseCounts;
  /** Last days of the contracts ever signed, ascending, at most `signals/contract-ends.ts` keeps. */
  contractEnds: EpochDay[];
}

/**
 * The features of one constituent profile with what protects them from being counted twice. A profile that is not
 * linked has exactly one block, its own (`constituent` null).
 */
export interface StateBlock {
  constituent: Surrogate | null;
  marks: Mark[];
  /** Recent (source, event id) hashes of 52 bits, oldest first, at most `recentRingSize`; see `recent-ring.ts`. */
  ring: number[];
  /** First business day not included in the features; 0 before the first event. */
  asOf: EpochDay;
  features: FeatureState;
}

/** What the next score needs to know of the last one, and what readers are served. */
export interface LastScore {
  readonly level: Level;
  readonly churn90: number;
  readonly receivedAt: EpochMs;
  /** The score's own Avro body (no registry header). */
  readonly body: Buffer;
}

/** Everything kept of one customer: one Redis hash. */
export interface CustomerState {
  /** Counts applied records; the compare-and-set is by this number. */
  version: number;
  /** Consent withdrawn for profiling: records are marked, not folded or scored. */
  withheld: boolean;
  erased: boolean;
  /** Last closed business day applied to this customer; 0 when none. */
  closedDay: EpochDay;
  /** The customer's own id, sealed, with the id of its key; null until an event carried it. */
  sealedRef: { readonly keyId: string; readonly sealed: Buffer } | null;
  lastScore: LastScore | null;
  blocks: StateBlock[];
  /** Tiers and stages at the last score (`../segments/segment-memory.ts`); null before the first. */
  segments: Buffer | null;
}
