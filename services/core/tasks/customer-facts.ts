import type { Contact } from '../contacts/contact-caps.ts';
import type { ConsentMark } from '../events/customer-record.ts';
import type { EpochMs } from '../units.ts';

/** Where a customer stands in one scheme or machine. */
export interface Standing {
  readonly kind: 'tier' | 'stage';
  readonly scheme: string;
  readonly name: string;
  readonly since: EpochMs;
}

/** A day of each year on which the customer is thought of. */
export interface CareDate {
  readonly field: 'birthday' | 'care-date';
  /** `MM-DD`. */
  readonly day: string;
  /** When it was learned. */
  readonly since: EpochMs;
}

/** What playbooks, gates and texts need to know of a customer besides the tasks; told by events and segments. */
export interface CustomerFacts {
  readonly customerRef: string | null;
  /** First live record: what history says before it starts nothing by itself. Null before it. */
  readonly liveSince: EpochMs | null;
  readonly lastPurchaseAt: EpochMs | null;
  /** Contact with a person of ours, or a message, in either direction. */
  readonly lastContactAt: EpochMs | null;
  readonly standings: readonly Standing[];
  /** Highest `stateVersion` of the segment changes applied. */
  readonly segmentsVersion: number;
  readonly dates: readonly CareDate[];
  /** Attributes that some playbook asks for, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Nobody contacts the customer before, but to serve them. */
  readonly leaveAloneUntil: EpochMs | null;
  /** The newest word on each purpose and channel. */
  readonly consent: readonly ConsentMark[];
  /** Messages sent lately, as far back as caps look. */
  readonly contacts: readonly Contact[];
}

export const unknownCustomer: CustomerFacts = {
  customerRef: null,
  liveSince: null,
  lastPurchaseAt: null,
  lastContactAt: null,
  standings: [],
  segmentsVersion: 0,
  dates: [],
  attributes: {},
  leaveAloneUntil: null,
  consent: [],
  contacts: [],
};
