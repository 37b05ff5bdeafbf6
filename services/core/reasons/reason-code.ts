/** Why customers leave (the taxonomy of the handbooks, domain G3, and silence). */
export const reasonCodes = [
  'experience', 'price', 'competitor', 'no-personalisation', 'need-changed', 'service-gap', 'feedback-gap', 'delivery',
  'silence', 'other',
] as const; // prettier-ignore

export type ReasonCode = (typeof reasonCodes)[number];
