import type { EpochDay, EpochMs, MinorUnits } from '../units.ts';
import type { CaseStanding, KpiFact, Standing, TaskStanding } from './kpi-fact.ts';
import type { EpochMonth } from './period.ts';

/** Orders of one day that were placed the same way; `minor` is what they cost together. */
export interface OrderEntry {
  readonly day: EpochDay;
  readonly channel: string | null;
  readonly region: string | null;
  readonly store: string | null;
  count: number;
  minor: MinorUnits;
}

/** The standing that was told last in a month; it holds until the next one. */
export interface MonthStanding {
  readonly month: EpochMonth;
  readonly stage: string | null;
  readonly tier: string | null;
  readonly clvMinor: MinorUnits | null;
}

/** What happened to a customer in a month, as bits; see `monthFlags`. */
export interface MonthFlags {
  readonly month: EpochMonth;
  /** Bit d is day d + 1 of the month: the customer did something besides ordering. */
  days: number;
  flags: number;
}

export const monthFlags = { asked: 1, entitled: 2, lead: 4, won: 8 } as const;

/** An order by its number, so that its fulfilment finds it whichever comes first. */
export interface Parcel {
  readonly orderId: string;
  placedAt: EpochMs | null;
  fulfilledAt: EpochMs | null;
}

/** A cumulative standing with the version it is of. */
export interface Versioned<T> {
  readonly id: string;
  readonly version: number;
  readonly standing: T;
}

/** A row of spend, a typed figure: what it last said. */
export type FigureRow = Pick<KpiFact, 'kind' | 'type' | 'at' | 'amountMinor' | 'channel' | 'source' | 'attributes'>;

/** Functions of the system that a person of the staff used in a month. */
export interface MonthUsage {
  readonly month: EpochMonth;
  readonly functions: string[];
}

/**
 * Everything counting has to know of one customer, so that copies are told, late facts find their period and what is
 * distinct stays distinct. What it adds to the cells follows from it alone. Mutated by `applyKpiFact`.
 */
export interface CustomerLedger {
  /** Highest (epoch, sequence) counted, for each kind of origin. */
  marks: Partial<Record<KpiFact['kind'], readonly [epoch: number, sequence: number]>>;
  /** Short ids of the newest event facts and the number of a place, oldest first; retracted ones with a minus before. At most `keptFacts`. */
  recent: string[];
  /** Places (tier, stage) in which events of the ring were counted; the ring names them by their number. */
  places: (readonly [tier: string | null, stage: string | null])[];
  /** The standing that was told last. */
  standing: Standing | null;
  /** By month. */
  standings: MonthStanding[];
  firstSeen: EpochDay | null;
  /** By day, channel, region and store; none has a count of 0. */
  orders: OrderEntry[];
  /** By month. */
  months: MonthFlags[];
  /** Days, one entry for each event: cross-sell offers accepted, mentions, replies, contracts ended and signed. */
  accepts: EpochDay[];
  mentions: EpochDay[];
  replies: EpochDay[];
  contractsEnded: EpochDay[];
  contractsSigned: EpochDay[];
  /** The day on which each campaign first reached the customer. */
  campaigns: { readonly campaign: string; day: EpochDay }[];
  parcels: Parcel[];
  tasks: Versioned<TaskStanding>[];
  cases: Versioned<CaseStanding>[];
  /** Short ids of tasks and cases that made room for newer ones, whose later versions are too late. */
  frozenTasks: string[];
  frozenCases: string[];
  row: FigureRow | null;
  usage: MonthUsage[];
}

/** The last digits of an id: facts of events begin with digits of their customer. */
export function shortFactId(factId: string): string {
  return factId.slice(-16);
}

export const keptFacts = 64;
/** Of each list of days, of parcels and of campaigns. What is older was counted and is not amended any more. */
export const keptDays = 64;
export const keptStandings = 64;

export function emptyLedger(): CustomerLedger {
  return {
    marks: {},
    recent: [],
    places: [],
    standing: null,
    standings: [],
    firstSeen: null,
    orders: [],
    months: [],
    accepts: [],
    mentions: [],
    replies: [],
    contractsEnded: [],
    contractsSigned: [],
    campaigns: [],
    parcels: [],
    tasks: [],
    cases: [],
    frozenTasks: [],
    frozenCases: [],
    row: null,
    usage: [],
  };
}
