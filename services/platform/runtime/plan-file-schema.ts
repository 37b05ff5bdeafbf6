import { z } from 'zod';
import { eventTypes } from '../../core/events/event-types.ts';
import type { EventType } from '../../core/events/event-types.ts';
import { defaultQualityTargets } from '../../core/quality/quality-targets.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import { cleanCountry } from '../../core/quality/rules/clean-country.ts';

const spelling = z.string().trim().min(1, 'must not be empty').max(128, 'must have at most 128 characters');
const spellings = z.array(spelling).max(200, 'may hold 200 names').default([]);
const ownName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'must be a word of letters and digits, like orderId');
const properties = z.record(ownName, spellings).default({});

const fields = z.array(spelling).max(200, 'may hold 200 names').optional();

const plannedType = z.strictObject({
  names: spellings,
  amount: spellings,
  properties,
  keep: fields,
  expect: z.array(spelling).max(20, 'may hold 20 names').optional(),
});
const events = z
  .strictObject(Object.fromEntries(eventTypes.map((type) => [type, plannedType.optional()])))
  .transform((types) => types as Partial<Record<EventType, z.output<typeof plannedType>>>)
  .default({});

const country = z
  .string()
  .refine(
    (code) => /^[A-Z]{2}$/.test(code) && cleanCountry(code).state === 'right',
    'must be a country such as GB (ISO 3166-1 alpha-2)',
  )
  .optional();
const purpose = z.string().trim().min(1, 'must not be empty').max(500, 'must have at most 500 characters').optional();

const scope = { events, amount: spellings, currency: spellings, properties, country, purpose };
const share = z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1');
const { shares, timelyMs } = defaultQualityTargets;
const hourMs = 3_600_000;
const quality = z
  .strictObject({
    completeness: share.default(shares.completeness),
    accuracy: share.default(shares.accuracy),
    consistency: share.default(shares.consistency),
    timeliness: share.default(shares.timeliness),
    timelyHours: z
      .number()
      .positive('must be more than 0')
      .max(8760, 'must be at most a year')
      .default(timelyMs / hourMs),
  })
  .transform(({ timelyHours, ...targets }): QualityTargets => ({ shares: targets, timelyMs: timelyHours * hourMs }))
  .optional();
const sourceName = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'must be tenant/source, or tenant/* for all of its sources');

/** A tracking plan as it stands in its file; what is left out is empty. */
export const planFileSchema = z.strictObject({
  format: z.literal(1),
  /** What the business calls this state of its plan; records carry it. */
  version: z.string().regex(/^[\w.-]{1,64}$/, 'must be a text of letters, digits, ".", "_" and "-", like "2026-11"'),
  /** Whether the plan that comes with Tidewatch says what this one does not. */
  extends: z.enum(['default', 'nothing']).default('default'),
  /** Whether sources without a purpose are off. */
  purposes: z.enum(['optional', 'required']).optional(),
  quality,
  ...scope,
  sources: z.record(sourceName, z.strictObject(scope)).default({}),
});

export type PlanFile = z.output<typeof planFileSchema>;
