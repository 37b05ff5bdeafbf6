import { z } from 'zod';
import { explanationJsonSchema } from '../core/reasons/explanation-json-schema.ts';
import { scoreJsonSchema } from '../core/scoring/score-json-schema.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';
import { actionOperations } from './describe-actions.ts';
import { profileOperations, profileSchema } from './describe-profiles.ts';

const shared = { tag: 'customers', access: 'token' } as const;
const { customerRef, customerId, tenant, version, asOf, scoreId, modelVersion } = scoreJsonSchema.shape;

const path = z.object({
  id: z.string().describe('A user id (`42` or `user:42`), `anonymous:…`, or the pseudonym, `~` and 32 hex digits.'),
});

const freshScore = scoreJsonSchema
  .extend({ freshnessMs: z.number().min(0).describe('Milliseconds since the event of the score came in.') })
  .meta({ id: 'FreshScore' });

const portrait = z
  .object({
    ...{ customerRef, customerId, tenant, version, asOf },
    features: z.record(z.string(), z.number().nullable()).describe('By name; null where nothing is known.'),
    segments: z.record(z.string(), z.string()).describe('Where each scheme and machine has placed the customer.'),
    profile: profileSchema.nullable().describe('Null where no event said anything about the customer.'),
    score: freshScore.nullable(),
  })
  .meta({ id: 'Customer' });

const explanation = z
  .object({
    ...{ customerRef, customerId, tenant, scoreId, asOf, modelVersion },
    isOfScore: z.boolean().describe('Whether the stored figures are those that the score was made from.'),
    ...explanationJsonSchema.shape,
  })
  .meta({ id: 'Explanation' });

/** The HTTP interface of the scorer, for `/openapi.json`. */
export const scorerApi: ApiDescription = {
  title: 'Tidewatch scorer',
  description: 'Customers of the tenant whose token is sent: their figures, scores and reasons.',
  operations: {
    'GET /v1/customers/{id}': {
      ...shared,
      summary: 'What is known of a customer',
      path,
      answers: { 200: { description: 'The customer.', schema: portrait } },
      problems: [404, 503],
    },
    'GET /v1/customers/{id}/score': {
      ...shared,
      summary: 'The latest score of a customer',
      path,
      answers: { 200: { description: 'The score.', schema: freshScore } },
      problems: [404, 503],
    },
    'GET /v1/customers/{id}/explanation': {
      ...shared,
      summary: 'Why the model says what it says',
      description: 'Computed when asked for, from the stored state at the day of the last score.',
      path,
      query: z.object({ scoreId: z.string().optional().describe('Explains this score, if it is the latest.') }),
      answers: { 200: { description: 'The explanation.', schema: explanation } },
      problems: [400, 404, 503],
    },
    ...actionOperations(path),
    ...profileOperations(path),
    'POST /v1/scores:batch': {
      ...shared,
      summary: 'The latest scores of many customers',
      body: { schema: z.object({ ids: z.array(z.string()).max(1_000) }) },
      answers: {
        200: {
          description: 'Scores in the order of the ids; `missing` has those without one.',
          schema: z.object({ scores: z.array(freshScore), missing: z.array(z.string()) }),
        },
      },
      problems: [400, 413, 503],
    },
  },
};
