import type { ClockTerms } from '../clocks/clock.ts';
import type { ClockRule } from '../clocks/clock-rule.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';

/** What a tenant promises and asks of its cases; see compile-case-rules.ts. */
export interface CaseRules {
  /** Clocks of a case in a queue. The first step of each escalation is `overdueStep`, at the very instant. */
  clocksOf(queue: string): readonly ClockRule[];
  queueOf(kind: { readonly nature: CaseNature; readonly isComplaint: boolean }): string;
  readonly causeCodes: ReadonlySet<string>;
  /** By name: whether nobody is to blame for standing still in it. */
  readonly waitingStates: ReadonlyMap<string, { readonly pausesResolution: boolean }>;
  readonly defaults: { readonly nature: CaseNature; readonly weight: CaseWeight };
  /** After how long without anything done a case is stuck. */
  stuckAfter(weight: CaseWeight): ClockTerms;
  /** How many times its place in a queue counts. */
  shareOf(place: { readonly weight: CaseWeight; readonly tier: string | null }): number;
}

/** Role of the first step of every escalation, which says only that a clock is overdue. */
export const overdueStep = '';
