import type { Attribute } from '../../events/customer-record.ts';
import type { EpochDay, EpochMs, MinorUnits, Surrogate } from '../../units.ts';
import type { CaseStanding, TaskStanding } from '../kpi-fact.ts';

/** One event as the log has it, each once. */
export interface PastEvent {
  /** Place in the log of its customer's partition. */
  readonly order: number;
  readonly at: EpochMs;
  readonly type: string;
  /** A later record takes it back. */
  readonly isTakenBack: boolean;
  readonly channel: string | null;
  readonly region: string | null;
  readonly store: string | null;
  /** In the reporting currency. */
  readonly amountMinor: MinorUnits | null;
  readonly attributes: readonly Attribute[];
}

/** Where the engine placed a customer from a record on. */
export interface PastStanding {
  /** Place of that record, among those of the events. */
  readonly order: number;
  /** First business day not included. */
  readonly asOf: EpochDay;
  readonly stage: string | null;
  readonly tier: string | null;
  readonly clvMinor: MinorUnits | null;
}

/** All that is known of one customer; lists in any order. */
export interface PastCustomer {
  readonly surrogate: Surrogate;
  readonly events: readonly PastEvent[];
  readonly standings: readonly PastStanding[];
  /** Each as its newest version stands. */
  readonly tasks: readonly TaskStanding[];
  readonly cases: readonly CaseStanding[];
}

/** That a person of the staff used a function. */
export interface PastUse {
  readonly person: string;
  readonly functionName: string;
  readonly at: EpochMs;
}

/** A row of imported cost or a figure typed in, as its newest version stands. */
export interface PastFigure {
  readonly kind: 'spend' | 'typed';
  readonly type: string;
  readonly at: EpochMs;
  readonly amountMinor: MinorUnits | null;
  readonly channel: string | null;
  readonly playbook: string | null;
  readonly campaign: string | null;
}

/** What the logs of one tenant say, as plain lists: what KPIs are recomputed from. */
export interface KpiHistory {
  readonly customers: readonly PastCustomer[];
  readonly uses: readonly PastUse[];
  readonly figures: readonly PastFigure[];
}
