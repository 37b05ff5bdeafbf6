import type { CaseBook } from './case-book.ts';
import type { CaseRules } from './case-rules.ts';
import type { ServiceCase } from './service-case.ts';

/** Of a customer without a score yet. */
const unknownRisk = 0.5;

/**
 * Order of work, higher first: urgency × tier × risk. The risk is one half plus half the P(churn) of the latest score, so
 * that a case of a customer who is content still counts.
 */
export function casePriority(state: ServiceCase, { risk }: Pick<CaseBook, 'risk'>, rules: CaseRules): number {
  const { weight, tier } = state.clocks.serviceClass;
  return rules.shareOf({ weight, tier }) * (0.5 + (risk ?? unknownRisk) / 2);
}
