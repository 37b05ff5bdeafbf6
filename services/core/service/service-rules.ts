import type { CaseRules } from '../cases/case-rules.ts';
import type { SurveyRules } from '../surveys/survey-rules.ts';

/** The service rules of one tenant, ready to be applied. */
export interface ServiceRules {
  readonly version: string;
  readonly cases: CaseRules;
  readonly surveys: SurveyRules;
}
