import { normaliseName } from '../plan/normalise-name.ts';
import type { MinorUnits } from '../units.ts';
import type { LoyaltyDocument } from './loyalty-document.ts';
import type { MemberLevelRules } from './member-level.ts';

/** A rules file in the money of one tenant. */
export interface LoyaltyRules extends MemberLevelRules {
  readonly version: string;
  readonly document: LoyaltyDocument;
  /** Points expire so many days after they were earned; null for never. */
  readonly expiresAfterDays: number | null;
  readonly isForRegistered: boolean;
  /** Whole points that an amount earns. */
  pointsFor(amount: MinorUnits, category: string | null): number;
}

/** Less than this below a whole point is the error of binary fractions, not money that is missing. */
const roundingError = 1e-9;

/** @param minorPerMajor of the tenant's reporting currency */
export function compileLoyaltyRules(version: string, document: LoyaltyDocument, minorPerMajor: number): LoyaltyRules {
  const { points, levels, members, window_days: windowDays, grace_days: graceDays } = document;
  const multipliers = new Map(Object.entries(points.by_category).map(([name, times]) => [normaliseName(name), times]));
  return {
    version,
    document,
    levels: levels.map(({ name, from_spend }) => ({ level: name, fromSpend: Math.round(from_spend * minorPerMajor) })),
    windowDays,
    graceDays,
    expiresAfterDays: points.expire_after_days,
    isForRegistered: members === 'registered',
    pointsFor(amount, category) {
      const times = category === null ? 1 : (multipliers.get(normaliseName(category)) ?? 1);
      return Math.floor((amount * points.per_unit * times) / minorPerMajor + roundingError);
    },
  };
}
