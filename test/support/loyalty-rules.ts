import type { LoyaltyDocument } from '../../services/core/loyalty/loyalty-document.ts';
import { compileLoyaltyRules, type LoyaltyRules } from '../../services/core/loyalty/loyalty-rules.ts';

const label = { en: 'x', zhCN: 'x' };

/** Rules with a short window and expiry, so that small histories reach all of them. One minor unit is one point. */
export function someLoyaltyRules(overrides: Partial<LoyaltyDocument> = {}): LoyaltyRules {
  const document: LoyaltyDocument = {
    format: 1,
    version: 'test',
    members: 'everybody',
    points: { per_unit: 1, by_category: { books: 2 }, expire_after_days: 20, expiring_soon_days: 5 },
    window_days: 30,
    grace_days: 10,
    levels: [
      { name: 'silver', label, from_spend: 0 },
      { name: 'gold', label, from_spend: 100 },
      { name: 'platinum', label, from_spend: 250 },
    ],
    benefits: { machine: 'lifecycle5', catalogue: {}, matrix: {} },
    ...overrides,
  };
  return compileLoyaltyRules('test', document, 1);
}
