import type { EpochDay, MinorUnits } from '../units.ts';
import { balancePoints, type ExpiringPoints, type PointsBalance } from './balance-points.ts';
import { countedDays } from './counted-days.ts';
import { createLevelTimeline } from './level-timeline.ts';
import type { LoyaltyRules } from './loyalty-rules.ts';
import type { LoyaltyState } from './loyalty-state.ts';

/** Where a member stands in the course of a day. */
export interface LoyaltyStanding {
  readonly memberSince: EpochDay | null;
  readonly points: PointsBalance;
  readonly expiringSoon: readonly ExpiringPoints[];
  readonly level: string;
  /** Spend of the window. */
  readonly spend: MinorUnits;
  /** The level is above what the spend gives. */
  readonly isInGrace: boolean;
  /** Last day of the level if nothing more is bought; null where it does not end. */
  readonly levelUntil: EpochDay | null;
  /** Null at the highest level. */
  readonly next: { readonly level: string; readonly missing: MinorUnits } | null;
}

/** Null for whoever is no member. */
export function loyaltyStanding(state: LoyaltyState, today: EpochDay, rules: LoyaltyRules): LoyaltyStanding | null {
  const { isMember, since, ledger, spend } = countedDays(state, rules);
  if (!isMember) return null;
  const { expiresAfterDays } = rules;
  const points = balancePoints(ledger, { asOf: today, expiresAfterDays, opening: state.opening, includesAsOf: true });
  const soon = today + rules.document.points.expiring_soon_days;
  const timeline = createLevelTimeline(spend, rules);
  const rank = timeline.rankOn(today);
  const change = timeline.nextChange(today);
  const spent = timeline.spendOn(today);
  const next = rules.levels[rank + 1];
  return {
    memberSince: since,
    points,
    expiringSoon: points.left.filter(({ expiresOn }) => expiresOn !== null && expiresOn <= soon),
    level: rules.levels[rank]?.level ?? '',
    spend: spent,
    isInGrace: timeline.rankOfSpendOn(today) < rank,
    levelUntil: change !== null && timeline.rankOn(change) < rank ? change - 1 : null,
    next: next === undefined ? null : { level: next.level, missing: Math.max(0, next.fromSpend - spent) },
  };
}
