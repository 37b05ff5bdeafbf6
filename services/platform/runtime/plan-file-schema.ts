import { z } from 'zod';
import { eventTypes } from '../../core/events/event-types.ts';
import type { EventType } from '../../core/events/event-types.ts';

const spelling = z.string().trim().min(1, 'must not be empty').max(128, 'must have at most 128 characters');
const spellings = z.array(spelling).max(200, 'may hold 200 names').default([]);
const ownName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'must be a word of letters and digits, like orderId');
const properties = z.record(ownName, spellings).default({});

const plannedType = z.strictObject({ names: spellings, amount: spellings, properties });
const events = z
  .strictObject(Object.fromEntries(eventTypes.map((type) => [type, plannedType.optional()])))
  .transform((types) => types as Partial<Record<EventType, z.output<typeof plannedType>>>)
  .default({});

const scope = { events, amount: spellings, currency: spellings, properties };
const sourceName = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'must be tenant/source, or tenant/* for all of its sources');

/** A tracking plan as it stands in its file; what is left out is empty. */
export const planFileSchema = z.strictObject({
  format: z.literal(1),
  /** What the business calls this state of its plan; records carry it. */
  version: z.string().regex(/^[\w.-]{1,64}$/, 'must be a text of letters, digits, ".", "_" and "-", like "2026-11"'),
  /** Whether the plan that comes with Tidewatch says what this one does not. */
  extends: z.enum(['default', 'nothing']).default('default'),
  ...scope,
  sources: z.record(sourceName, z.strictObject(scope)).default({}),
});

export type PlanFile = z.output<typeof planFileSchema>;
