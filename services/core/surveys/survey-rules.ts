import type { Digest } from '../ports/digest.ts';
import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { DurationMs, EpochMs, Surrogate } from '../units.ts';
import type { CaseWeight } from '../cases/service-case.ts';
import type { LowAnswers, SurveyKind } from './survey.ts';

/** What the token of a survey stands for. */
export interface SurveyClaims {
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly askId: string;
  /** Name of the survey in the service rules. */
  readonly survey: string;
  readonly expiresAt: EpochMs;
}

/** A survey as it is served. */
export interface SurveyPlan {
  readonly survey: string;
  readonly kind: SurveyKind;
  readonly on: 'case-followed-up' | 'order-fulfilled' | 'period';
  /** After what happened; of a period, its length. */
  readonly afterMs: DurationMs;
  readonly channel: string;
  /** Both hold `{link}`. */
  readonly text: BilingualText;
}

/** What customers are asked, and how often. */
export interface SurveyRules {
  readonly plans: readonly SurveyPlan[];
  readonly fatigueMs: DurationMs;
  readonly validMs: DurationMs;
  readonly low: LowAnswers;
  readonly lowWeight: CaseWeight;
  readonly digest: Digest;
  /** The address behind which a customer answers; see survey-token.ts. */
  linkOf(claims: SurveyClaims): string;
}
