import { z } from 'zod';
import type { LoyaltyDocument } from '../../core/loyalty/loyalty-document.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a name of small letters, digits and "-", like "gold"');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const days = z.number().int('must be whole days').min(1, 'must be 1 to 3650').max(3_650, 'must be 1 to 3650');
const rate = z.number().min(0, 'must be 0 to 1000').max(1_000, 'must be 0 to 1000');

const benefit = z.strictObject({
  label,
  discount_share: z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1').default(0),
  changes_price: z.boolean().default(false),
  only_for: z.record(z.string().min(1), z.array(z.string()).min(1)).default({}),
});

/** The form of a loyalty file (docs/reference/loyalty.md); what names refer to is checked after it. */
export const loyaltyFileSchema: z.ZodType<LoyaltyDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  members: z.enum(['everybody', 'registered']),
  points: z.strictObject({
    per_unit: rate,
    by_category: z.record(z.string().min(1), rate).default({}),
    expire_after_days: days.nullable(),
    expiring_soon_days: days.default(30),
  }),
  window_days: days,
  grace_days: z.number().int('must be whole days').min(0, 'must be 0 to 3650').max(3_650, 'must be 0 to 3650'),
  levels: z
    .array(z.strictObject({ name, label, from_spend: z.number().min(0, 'must be 0 or more').max(1e9) }))
    .min(1, 'must hold a level')
    .max(20, 'may hold 20 levels'),
  benefits: z.strictObject({
    machine: z.string(),
    catalogue: z.record(name, benefit),
    matrix: z.record(name, z.record(z.string(), z.array(name))),
  }),
});
