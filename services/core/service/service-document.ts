import type { MessageChannel } from '../contacts/message-channels.ts';
import type { CaseNature, CaseWeight } from '../cases/service-case.ts';
import type { ClockName } from '../clocks/clock-rule.ts';
import type { CalendarRule, EscalationRule } from '../playbooks/playbook-document.ts';
import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { SurveyDimension, SurveyKind } from '../surveys/survey.ts';

/** A file of service rules as it is written: what is promised to whoever has a concern, and what customers are asked. */
export interface ServiceDocument {
  readonly format: 1;
  readonly version: string;
  readonly calendars: Readonly<Record<string, CalendarRule>>;
  /** The one that working hours and days of this file are counted in. */
  readonly calendar: string;
  readonly terms: TermsRule;
  /** Tiers of the primary scheme that are served faster, and earlier; all others have the common terms. */
  readonly tiers: Readonly<Record<string, TierRule>>;
  /** How many times its place in a queue counts. */
  readonly urgency: Readonly<Record<CaseWeight, number>>;
  readonly defaults: { readonly nature: CaseNature; readonly weight: CaseWeight };
  readonly queues: QueuesRule;
  readonly waiting: Readonly<Record<string, WaitingRule>>;
  /** By queue, or `default`. */
  readonly escalation: Readonly<Record<string, readonly EscalationRule[]>>;
  readonly cause_codes: Readonly<Record<string, BilingualText>>;
  readonly stuck_after: Readonly<Record<CaseWeight, string>>;
  readonly surveys: SurveysRule;
}

/** All are terms like `24h` or `3wd`. */
export interface TermsRule {
  readonly answer: Readonly<Record<CaseWeight, string>>;
  readonly handling: Readonly<Record<CaseWeight, string>>;
  readonly complaint: string;
  readonly resolution: Readonly<Record<CaseWeight, string>>;
  readonly follow_up: string;
}

export interface TierRule {
  /** Share of the common term, above 0 and at most 1. */
  readonly share: number;
  readonly priority: number;
}

/** Which team a new case waits in. `complaint` goes before the nature; null where complaints have no team of their own. */
export type QueuesRule = Readonly<Record<CaseNature, string>> & { readonly complaint: string | null };

export interface WaitingRule {
  readonly label: BilingualText;
  readonly pauses: readonly ClockName[];
}

export interface SurveysRule {
  /** Address that the token of a survey is put behind. */
  readonly link: string;
  readonly valid: string;
  readonly fatigue: string;
  /** Highest answers that somebody calls back about. */
  readonly low: { readonly csat: number; readonly nps: number };
  /** Urgency of the case that a low answer opens. */
  readonly low_weight: CaseWeight;
  readonly dimensions: Readonly<Record<SurveyDimension, BilingualText>>;
  readonly ask: Readonly<Record<string, SurveyRule>>;
}

export interface SurveyRule {
  readonly enabled: boolean;
  readonly kind: SurveyKind;
  readonly on: 'case-followed-up' | 'order-fulfilled' | 'period';
  /** After what happened; of a period, its length. */
  readonly after: string;
  readonly question: BilingualText;
  readonly dimensions: readonly SurveyDimension[];
  readonly message: { readonly channel: MessageChannel; readonly text: BilingualText };
}
