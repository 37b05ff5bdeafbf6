import type { Attribute } from '../events/customer-record.ts';
import type { DurationMs, EpochDay, EpochMs, MinorUnits, Surrogate } from '../units.ts';

/**
 * What a fact tells:
 * - `event`: something a customer did or was done for them, as it was counted; `sign` -1 takes it back
 * - `standing`: nothing happened but time, and the customer's stage, tier or level is another now
 * - `task`, `serviceCase`: a task or a case as it stands; the highest version is the truth, earlier ones are overtaken
 * - `usage`: somebody of the staff used a function
 * - `spend`: one row of imported cost; the row of a higher version takes the place of a lower one
 * - `typed`: a figure from outside that was typed in, likewise
 */
export type KpiFactKind = 'event' | 'standing' | 'task' | 'serviceCase' | 'usage' | 'spend' | 'typed';

/** Where the engine placed the customer by the score that the fact went out with. */
export interface Standing {
  /** First business day not included. */
  readonly asOf: EpochDay;
  /** Stage and tier of the primary machine and scheme, `lifecycle5.active`; null where none is assigned. */
  readonly stage: string | null;
  readonly tier: string | null;
  readonly level: string;
  /** Predicted lifetime value, rounded to whole minor units of the reporting currency; null where it is not known. */
  readonly clvMinor: MinorUnits | null;
}

/** A retention task as it stands; times are null until they are. */
export interface TaskStanding {
  readonly trigger: string;
  readonly playbook: string;
  readonly arm: 'treated' | 'holdout';
  readonly status: string;
  readonly queue: string | null;
  /** The person who took it; null where it waits in its queue. */
  readonly staff: string | null;
  /** `tier/stage` as it was opened. */
  readonly segment: string | null;
  readonly createdAt: EpochMs;
  readonly respondBy: EpochMs | null;
  readonly resolveBy: EpochMs | null;
  /** When a deadline passed unmet. */
  readonly breachedAt: EpochMs | null;
  readonly respondedAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  /** When it was ended otherwise: expired or retracted. */
  readonly endedAt: EpochMs | null;
  readonly escalations: number;
  /** When the customer was first contacted because of it. */
  readonly contactedAt: EpochMs | null;
  readonly contacts: number;
  readonly costMinor: MinorUnits;
  readonly outcome: string | null;
  readonly measuredAt: EpochMs | null;
  readonly purchases: number;
  readonly revenueMinor: MinorUnits;
  readonly churned: boolean;
}

/** How one clock of a case went. */
export interface ClockStanding {
  /** Null until it is met. */
  readonly metAt: EpochMs | null;
  /** Time it ran, pauses left out, until it was met or until now. */
  readonly ranMs: DurationMs;
  /** It ran out, now or before it was met. */
  readonly overdueAt: EpochMs | null;
}

/** A case as it stands. */
export interface CaseStanding {
  readonly caseId: string;
  readonly channel: string;
  readonly nature: string;
  readonly weight: string;
  readonly isComplaint: boolean;
  readonly status: string;
  readonly queue: string;
  readonly staff: string | null;
  readonly causeCode: string | null;
  readonly openedAt: EpochMs;
  readonly reopenings: number;
  readonly reopenedAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  readonly closedAt: EpochMs | null;
  /** First answer, first handling, answer to a complaint, solution; null where the case has no such clock. */
  readonly answer: ClockStanding | null;
  readonly handling: ClockStanding | null;
  readonly complaint: ClockStanding | null;
  readonly resolution: ClockStanding | null;
}

/**
 * One fact that KPIs count, field for field as in `schemas/kpi-fact.v1.avsc`. Nothing in it depends on the clock: whatever
 * causes it again makes the same bytes again.
 */
export interface KpiFact {
  /** Hash of the cause: equal for every copy of it, and for a retraction equal to what it takes back. */
  readonly factId: string;
  readonly kind: KpiFactKind;
  readonly tenant: string;
  /** The customer; for usage, spend and typed figures a hash that stands for the person or the row. */
  readonly surrogate: Surrogate;
  /**
   * Order among the facts of one surrogate and `origin`: of events epoch and offset of the record that caused it, of the
   * others 0 and a version. What does not come after the highest one seen is a copy.
   */
  readonly epoch: number;
  readonly sequence: number;
  /** When it happened, by the world; a fact that comes late counts at this time. */
  readonly at: EpochMs;
  /** Type of the event; of usage the function; of spend the sort of cost; of a typed figure its KPI. */
  readonly type: string;
  readonly sign: number;
  readonly source: string;
  readonly channel: string | null;
  readonly region: string | null;
  readonly store: string | null;
  /** In the reporting currency. */
  readonly amountMinor: MinorUnits | null;
  /** Only those that some KPI reads, sorted by name. */
  readonly attributes: readonly Attribute[];
  readonly standing: Standing | null;
  readonly task: TaskStanding | null;
  readonly serviceCase: CaseStanding | null;
}
