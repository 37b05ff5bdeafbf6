import type { EpochDay } from '../units.ts';
import type { LoyaltyRules } from './loyalty-rules.ts';
import type { LoyaltyState } from './loyalty-state.ts';
import type { SpendDay } from './member-level.ts';
import type { PointsLedger } from './points-ledger.ts';

export interface CountedDays {
  readonly isMember: boolean;
  /** First day that counts; null where all do. */
  readonly since: EpochDay | null;
  readonly ledger: PointsLedger;
  readonly spend: readonly SpendDay[];
}

/** The days that count for a customer: all of them, or those since the registration where only it makes a member. */
export function countedDays({ ledger, spend, registrations }: LoyaltyState, rules: LoyaltyRules): CountedDays {
  if (!rules.isForRegistered) return { isMember: true, since: registrations[0] ?? null, ledger, spend };
  const [since] = registrations;
  if (since === undefined) return { isMember: false, since: null, ledger: [], spend: [] };
  return {
    isMember: true,
    since,
    ledger: ledger.filter(({ day }) => day >= since),
    spend: spend.filter(({ day }) => day >= since),
  };
}
