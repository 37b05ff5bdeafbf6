/** On what ground a business may process data about its customers (GDPR article 6, PIPL article 13). */
export const legalBases = [
  'consent', 'contract', 'legal-obligation', 'vital-interests', 'public-task', 'legitimate-interests',
] as const; // prettier-ignore

export type LegalBasis = (typeof legalBases)[number];
