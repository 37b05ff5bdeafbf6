import type { DurationMs, EpochMs } from '../units.ts';

/** Why a customer is not asked now. */
export type SurveyRefusal = 'asked-lately' | 'opted-out' | 'open-complaint';

/**
 * Whether a customer may be asked: not twice within the fatigue limit, whatever the survey; not against their will; and
 * not while a complaint waits for its answer, for that is an answer already. Null where they may.
 */
export function refuseSurvey(
  customer: { readonly lastAskedAt: EpochMs | null; readonly optedOut: boolean; readonly hasOpenComplaint: boolean },
  { at, fatigueMs }: { readonly at: EpochMs; readonly fatigueMs: DurationMs },
): SurveyRefusal | null {
  if (customer.optedOut) return 'opted-out';
  if (customer.hasOpenComplaint) return 'open-complaint';
  return customer.lastAskedAt !== null && at - customer.lastAskedAt < fatigueMs ? 'asked-lately' : null;
}
