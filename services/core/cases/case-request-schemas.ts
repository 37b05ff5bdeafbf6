import { z } from 'zod';
import { channels } from '../events/channels.ts';
import { caseStatuses } from './case-status.ts';
import { EngineError } from '../errors.ts';

const name = z.string().min(1).max(200);
const nature = z.enum(['product', 'service', 'after-sales']);
const weight = z.enum(['routine', 'complex', 'urgent']);
const by = z.enum(['person', 'bot']).default('person');
const note = z.string().min(1).max(2000).optional();
const causeCode = name.optional().describe('A cause code of the service rules.');

/** Body of `POST /v1/cases`. */
export const caseOpeningSchema = z.strictObject({
  customer: name.describe('`user:…`, `anonymous:…`, a user id, or `~` and the surrogate.'),
  channel: z.enum(channels),
  nature: nature.optional(),
  weight: weight.optional(),
  isComplaint: z.boolean().default(false),
  note,
});

/** Bodies of `POST /v1/cases/{id}/…`, by verb. All but the note is about the verb. */
export const caseStepSchemas = {
  respond: z.strictObject({ by, note }),
  progress: z.strictObject({ by, toCustomer: z.boolean().default(true), note }),
  wait: z.strictObject({ state: name.describe('A waiting state of the service rules.'), note }),
  resume: z.strictObject({ note }),
  resolve: z.strictObject({ causeCode, note }),
  'follow-up': z.strictObject({ note }),
  reopen: z.strictObject({ note }),
  close: z.strictObject({ causeCode, note }),
  assign: z.strictObject({ owner: name, note }),
  sort: z.strictObject({
    nature: nature.optional(),
    weight: weight.optional(),
    isComplaint: z.boolean().optional(),
    note,
  }),
} as const;

export type CaseVerb = keyof typeof caseStepSchemas;

/** Query of `GET /v1/cases`. */
export const caseListSchema = z.strictObject({
  status: z.enum(caseStatuses).optional(),
  queue: name.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional().describe('The `next` of the page before.'),
});

/** Query of everything about one case. */
export const caseOfSchema = z.strictObject({ customer: name });

/** Reads what a request says; ERR_USAGE names every member that is wrong. */
export function readRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the request'}: ${message}`);
  throw new EngineError('ERR_USAGE', `${problems.join('; ')}.`, { retryable: false });
}
