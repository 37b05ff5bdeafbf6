import type { SurveyClaims } from '../surveys/survey-rules.ts';

/** Tokens behind the links of surveys: whoever holds one may answer that one survey of that one customer. */
export interface SurveyTokens {
  /** URL-safe; the same claims give the same token. */
  issue(claims: SurveyClaims): string;
  /** What a token stands for, in time or not; null when it is none of ours. */
  read(token: string): SurveyClaims | null;
}
