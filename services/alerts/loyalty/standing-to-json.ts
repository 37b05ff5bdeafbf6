import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import type { LoyaltyDocument } from '../../core/loyalty/loyalty-document.ts';
import type { LoyaltyRules } from '../../core/loyalty/loyalty-rules.ts';
import type { LoyaltyStanding } from '../../core/loyalty/loyalty-standing.ts';
import type { EpochDay } from '../../core/units.ts';

/** A member's standing as the API shows it; money in major units of the reporting currency. */
export function standingToJson(
  standing: LoyaltyStanding,
  { rules, minorPerMajor, currency, stage }: {
    readonly rules: LoyaltyRules;
    readonly minorPerMajor: number;
    readonly currency: string;
    /** Null shows the benefits of every stage. */
    readonly stage: string | null;
  },
): object {
  const { points, next } = standing;
  const { document } = rules;
  const label = (name: string) => document.levels.find((each) => each.name === name)?.label ?? null;
  return {
    memberSince: dayOrNull(standing.memberSince),
    points: {
      balance: points.balance,
      earned: points.earned,
      corrected: points.corrected,
      spent: points.spent,
      expired: points.expired,
      expiringSoon: standing.expiringSoon.map((each) => ({ points: each.points, expiresOn: dayOrNull(each.expiresOn) })),
    },
    level: {
      name: standing.level,
      label: label(standing.level),
      spend: standing.spend / minorPerMajor,
      currency,
      inGrace: standing.isInGrace,
      until: dayOrNull(standing.levelUntil),
      next: next && { name: next.level, label: label(next.level), missingSpend: next.missing / minorPerMajor },
    },
    benefits: benefitsOf(document, standing.level, stage),
    rules: rules.version,
  };
} // prettier-ignore

/** What members of a level get, by stage. */
export function benefitsOf(document: LoyaltyDocument, level: string, stage: string | null): Record<string, object[]> {
  const { matrix, catalogue } = document.benefits;
  const row = Object.entries(matrix[level] ?? {}).filter(([name]) => stage === null || name === stage);
  return Object.fromEntries(
    row.map(([name, ids]) => [
      name,
      ids.map((id) => {
        const { label, discount_share, changes_price, only_for } = catalogue[id];
        return { id, label, discountShare: discount_share, changesPrice: changes_price, onlyFor: only_for };
      }),
    ]),
  );
}

function dayOrNull(day: EpochDay | null): string | null {
  return day === null ? null : isoFromEpochDay(day);
}
