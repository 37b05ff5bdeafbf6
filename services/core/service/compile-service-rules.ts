import { parseTerm } from '../playbooks/term.ts';
import type { Digest } from '../ports/digest.ts';
import type { SurveyClaims, SurveyPlan, SurveyRules } from '../surveys/survey-rules.ts';
import { compileCaseRules } from './compile-case-rules.ts';
import type { ServiceDocument, SurveysRule } from './service-document.ts';
import type { ServiceRules } from './service-rules.ts';

export interface ServiceSurroundingsOfTenant {
  /** IANA name of the tenant's zone. */
  readonly timezone: string;
  readonly version: string;
  readonly digest: Digest;
  /** Token of a survey's link; see survey-token.ts of the platform. */
  readonly issueToken: (claims: SurveyClaims) => string;
}

/** Makes a checked document ready for one tenant. */
export function compileServiceRules(document: ServiceDocument, around: ServiceSurroundingsOfTenant): ServiceRules {
  return {
    version: around.version,
    cases: compileCaseRules(document, around.timezone),
    surveys: compileSurveys(document.surveys, around),
  };
}

function compileSurveys(rule: SurveysRule, { digest, issueToken }: ServiceSurroundingsOfTenant): SurveyRules {
  const plans = Object.entries(rule.ask)
    .filter(([, { enabled }]) => enabled)
    .map(([survey, { kind, on, after, message }]): SurveyPlan => ({
      survey,
      kind,
      on,
      afterMs: lengthOf(after),
      channel: message.channel,
      text: message.text,
    }));
  const base = rule.link.endsWith('/') ? rule.link : `${rule.link}/`;
  return {
    plans,
    fatigueMs: lengthOf(rule.fatigue),
    validMs: lengthOf(rule.valid),
    low: rule.low,
    lowWeight: rule.low_weight,
    digest,
    linkOf: (claims) => base + issueToken(claims),
  };
}

function lengthOf(text: string): number {
  return parseTerm(text)?.units ?? 0;
}
