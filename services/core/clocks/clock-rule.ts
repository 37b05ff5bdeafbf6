import type { DurationMs } from '../units.ts';
import type { ClockTerms } from './clock.ts';

/** What a customer waits for; each is its own clock, and the one that runs out first decides. */
export type ClockName = 'answer' | 'handling' | 'complaint' | 'resolution' | 'followUp';

/** What can happen to a case or task that its clocks care about. */
export type Moment =
  | 'opened'
  /** A person answered the customer; what a bot or an internal note says is no answer. */
  | 'answered'
  /** The customer was told how far it is. */
  | 'progressed'
  | 'resolved'
  | 'followedUp'
  | 'reopened'
  | 'closed';

/** Urgency and standing of what is waited for; they choose the terms. */
export interface ServiceClass {
  readonly weight: 'routine' | 'complex' | 'urgent';
  readonly isComplaint: boolean;
  /** The customer's tier in the tenant's primary scheme; null where none is known. */
  readonly tier: string | null;
}

/** After how long an overdue clock is brought before whom. */
export interface EscalationStep {
  /** Plain time since it became overdue. */
  readonly afterMs: DurationMs;
  readonly role: string;
}

export interface ClockRule {
  readonly name: ClockName;
  readonly startsOn: Moment;
  readonly metBy: readonly Moment[];
  /** Goes on when the case is opened again; else it stays as it was met. */
  readonly goesOnWhenReopened: boolean;
  /** Waiting states in which it stands still. */
  readonly pausedIn: ReadonlySet<string>;
  /** Null where the class has no such clock. */
  termsFor(serviceClass: ServiceClass): ClockTerms | null;
  /** In the order of `afterMs`. */
  readonly escalation: readonly EscalationStep[];
}
