import { z } from 'zod';
import type { ApiOperation } from '../platform/http/api-operation.ts';

const shared = { tag: 'loyalty', access: 'token' } as const;
const path = z.object({
  id: z.string().describe('A user id (`42` or `user:42`), `anonymous:…`, or the pseudonym, `~` and 32 hex digits.'),
});
const day = z.iso.date().nullable();
const label = z.object({ en: z.string(), zhCN: z.string() });
const benefit = z
  .object({
    id: z.string(),
    label,
    discountShare: z.number().min(0).max(1),
    changesPrice: z.boolean(),
    onlyFor: z.record(z.string(), z.array(z.string())).describe('Who gets it, by attribute; empty for everybody.'),
  })
  .meta({ id: 'Benefit' });
const benefits = z.record(z.string(), z.array(benefit)).describe('By stage.');

const standing = z
  .object({
    customerId: z.string(),
    tenant: z.string(),
    memberSince: day.describe('Day of the registration, where there was one.'),
    points: z.object({
      balance: z.int().describe('earned + corrected − spent − expired; below 0 where more was spent than there was.'),
      earned: z.int(),
      corrected: z.int().describe('Orders sent back, and corrections by hand.'),
      spent: z.int(),
      expired: z.int(),
      expiringSoon: z.array(z.object({ points: z.int(), expiresOn: day })),
    }),
    level: z.object({
      name: z.string(),
      label: label.nullable(),
      spend: z.number().describe('Net spend of the window, in major units.'),
      currency: z.string(),
      inGrace: z.boolean().describe('The level is kept although the spend fell below it.'),
      until: day.describe('Last day of the level if nothing more is bought; null where it does not end.'),
      next: z.object({ name: z.string(), label: label.nullable(), missingSpend: z.number() }).nullable(),
    }),
    benefits,
    rules: z.string().describe('Version of the loyalty file.'),
  })
  .meta({ id: 'LoyaltyStanding' });

const matrix = z.object({
  rules: z.string(),
  machine: z.string().describe('Machine of the segment configuration that the stages are of.'),
  levels: z.array(z.object({ name: z.string(), label, fromSpend: z.number(), benefits })),
});

const corrected = z.object({
  commandId: z.string(),
  result: z.enum(['done', 'pending']),
  points: z.int().nullable().describe('The balance after it; null while it is pending.'),
});

/** Points, levels and benefits, for `/openapi.json`. */
export const loyaltyOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /v1/customers/{id}/loyalty': {
    ...shared,
    summary: "A member's points, level and benefits",
    path,
    query: z.object({ stage: z.string().optional().describe('Shows the benefits of this stage alone.') }),
    answers: { 200: { description: 'As of now.', schema: standing } },
    problems: [400, 404, 503],
  },
  'GET /v1/loyalty/benefits': {
    ...shared,
    summary: 'What members get, by level and stage',
    answers: { 200: { description: 'The benefits in force.', schema: matrix } },
    problems: [404, 503],
  },
  'POST /v1/customers/{id}/points': {
    ...shared,
    summary: "Correct a member's points",
    description: 'Booked once for each Idempotency-Key, with an audit record.',
    path,
    headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
    body: {
      schema: z.object({
        points: z.int().describe('Below 0 takes points away.'),
        note: z.string().min(1).max(2_000).describe('Why.'),
        actor: z.string().min(1).max(200).default('api').describe('Who.'),
      }),
    },
    answers: {
      200: { description: 'It is booked.', schema: corrected },
      202: { description: 'It is accepted, and will be booked.', schema: corrected },
    },
    problems: [400, 404, 409, 503],
  },
};
