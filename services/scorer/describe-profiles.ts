import { z } from 'zod';
import type { ApiOperation } from '../platform/http/api-operation.ts';

const word = z
  .object({
    value: z.unknown().describe('Masked where `isMasked`; null where it was said to be nothing, or cannot be shown.'),
    isMasked: z.boolean(),
    isReadable: z.boolean().describe('False where the key of a sealed value is not at hand.'),
    source: z.string(),
    channel: z.string(),
    importId: z.string().nullable(),
    eventId: z.string(),
    occurredAt: z.iso.datetime(),
    receivedAt: z.iso.datetime(),
  })
  .meta({ id: 'ProfileWord' });

const field = z
  .object({
    name: z.string(),
    ...word.shape,
    others: z
      .array(z.object({ ...word.shape, agrees: z.boolean().nullable() }))
      .describe('What other sources said last, and whether it is the same; null where that cannot be told.'),
  })
  .meta({ id: 'ProfileField' });

/** What events said about a customer, field by field. */
export const profileSchema = z.object({ fields: z.array(field) }).meta({ id: 'Profile' });

const customerId = z.string().describe('`~` and 32 hex digits.');
const issue = z.discriminatedUnion('kind', [
  z.object({ customerId, kind: z.literal('stale'), since: z.iso.datetime(), repair: z.string() }),
  z.object({
    customerId,
    kind: z.literal('contradiction'),
    field: z.string(),
    words: z.array(word),
    repair: z.string(),
  }),
]);

const shared = { tag: 'profiles', access: 'token' } as const;

/** The operations on profiles; `path` names the customer. */
export function profileOperations(path: z.ZodObject): Record<string, ApiOperation> {
  return {
    'GET /v1/customers/{id}/profile': {
      ...shared,
      summary: 'The profile of a customer, each field with its origin and time',
      path,
      answers: {
        200: {
          description: 'The profile.',
          schema: z.object({ customerId, tenant: z.string(), ...profileSchema.shape }),
        },
      },
      problems: [404, 503],
    },
    'GET /v1/profiles/issues': {
      ...shared,
      summary: 'Profiles that contradict themselves or are stale, and what mends them',
      description: 'Goes through the customers of the partitions that the process asked owns.',
      query: z.object({
        limit: z.int().min(1).max(1000).optional(),
        cursor: z.string().optional().describe('The `next` of the page before.'),
      }),
      answers: {
        200: {
          description: 'A page, which may be empty although `next` leads on.',
          schema: z.object({ checked: z.number(), issues: z.array(issue), next: z.string().nullable() }),
        },
      },
      problems: [400, 503],
    },
  };
}
