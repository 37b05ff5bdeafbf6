import type { ContactPurpose } from '../contacts/contact-caps.ts';
import type { EventType } from '../events/event-types.ts';
import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { ReasonCode } from '../reasons/reason-code.ts';
import type { Level } from '../scoring/level.ts';

/** A file of playbooks as it is written: what is done for which customers, by whom, until when. */
export interface PlaybooksDocument {
  readonly format: 1;
  readonly version: string;
  /** Who tasks can be given to, and how many a day they can take; null for as many as come. */
  readonly queues: Readonly<Record<string, QueueRule>>;
  readonly calendars: Readonly<Record<string, CalendarRule>>;
  readonly contact: ContactRule;
  /** Where no playbook says otherwise: before whom an overdue task is brought. */
  readonly escalation: readonly EscalationRule[];
  readonly playbooks: Readonly<Record<string, PlaybookRule>>;
}

export interface QueueRule {
  readonly label: BilingualText;
  readonly capacity: number | null;
}

/** Hours are `09:00-18:00`; days not named have none. `timezone` null for the tenant's own. */
export interface CalendarRule {
  readonly timezone: string | null;
  readonly week: Readonly<Partial<Record<Weekday, readonly string[]>>>;
  /** By `YYYY-MM-DD`: an empty list is a holiday. */
  readonly exceptions: Readonly<Record<string, readonly string[]>>;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export interface ContactRule {
  /** Local time of the customer, or of the tenant where it is not known. */
  readonly quiet: { readonly from: string; readonly to: string };
  readonly caps: readonly CapRule[];
}

export interface CapRule {
  readonly purposes: readonly ContactPurpose[];
  readonly channel: string | null;
  readonly most: number;
  readonly within: string;
}

export interface EscalationRule {
  /** Since the deadline that passed. */
  readonly after: string;
  readonly to: string;
}

export interface PlaybookRule {
  /** The row of the handbooks it comes from, like H6; null for one of the tenant's own. */
  readonly handbook: string | null;
  readonly label: BilingualText;
  /** Off by default where a tenant has to fill in something first. */
  readonly enabled: boolean;
  readonly trigger: TriggerRule;
  /** Attributes of customers, each with the values it is for; empty for everybody. */
  readonly only_for: Readonly<Record<string, readonly string[]>>;
  readonly purpose: ContactPurpose;
  readonly owner: string;
  /** By `scheme.tier`, where another queue takes the customers of a tier. */
  readonly owner_by_tier: Readonly<Record<string, string>>;
  readonly calendar: string | null;
  readonly respond_within: DeadlineRule;
  readonly resolve_within: DeadlineRule;
  readonly offer: OfferRule | null;
  /** Share of the churn probability that doing it is expected to take away, until it is measured. */
  readonly expected_effect: number;
  /** Share of customers who are left alone, so that the effect can be measured. */
  readonly holdout: number;
  /** How long the customer is left alone by this playbook after its end. */
  readonly cooldown: string;
  readonly stop: { readonly after: string | null; readonly on: readonly EventType[] };
  readonly escalation: readonly EscalationRule[] | null;
  readonly steps: readonly StepRule[];
}

/** What happens to a case because nobody acts. */
export const caseAlarms = ['stuck', 'overdue', 'escalated'] as const;

export type CaseAlarm = (typeof caseAlarms)[number];

/** One term for all, or one for each level of risk. */
export type DeadlineRule = string | Readonly<Partial<Record<Exclude<Level, 'none'>, string>>>;

export interface OfferRule {
  readonly label: BilingualText;
  /** What it costs at most, in the reporting currency, as `12.50`. */
  readonly cost: string;
  /** Whether it changes what the customer pays: then no protected attribute may decide who gets it. */
  readonly changes_price: boolean;
}

export type TriggerRule =
  | { readonly on: 'level'; readonly at_least: Exclude<Level, 'none'>; readonly reasons: readonly ReasonCode[] | null }
  /** Once on entering, or again and again while the customer stays. */
  | {
      readonly on: 'stage';
      readonly machine: string;
      readonly enters: readonly string[];
      readonly every: string | null;
    }
  | { readonly on: 'tier'; readonly scheme: string; readonly in: readonly string[]; readonly every: string }
  | { readonly on: 'event'; readonly types: readonly EventType[] }
  | { readonly on: 'complaint' }
  /** Something that happens to a case by itself, such as getting stuck. */
  | { readonly on: 'case'; readonly moments: readonly CaseAlarm[] }
  | { readonly on: 'low-score'; readonly csat_at_most: number; readonly nps_at_most: number }
  | { readonly on: 'payment-failed' }
  | { readonly on: 'silence'; readonly since: 'purchase' | 'contact'; readonly for: string }
  | { readonly on: 'without-result'; readonly of: string }
  | { readonly on: 'date'; readonly field: 'birthday' | 'care-date' };

export type StepRule =
  | { readonly do: 'task'; readonly text: BilingualText }
  | { readonly do: 'message'; readonly channel: string; readonly text: BilingualText }
  | { readonly do: 'wait'; readonly for: string }
  | { readonly do: 'follow-up'; readonly after: string; readonly text: BilingualText }
  | { readonly do: 'escalate'; readonly to: string }
  | { readonly do: 'webhook'; readonly target: string }
  | { readonly do: 'close' };
