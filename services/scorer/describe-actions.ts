import { z } from 'zod';
import { offerObstacles } from '../core/actions/offer-rules.ts';
import { scoreJsonSchema } from '../core/scoring/score-json-schema.ts';
import type { ApiOperation } from '../platform/http/api-operation.ts';

const { customerRef, customerId, tenant, asOf } = scoreJsonSchema.shape;

const policy = z.object({
  version: z.string(),
  treatsAllAlike: z.boolean().describe('Whether choosing per customer was not shown to be better.'),
  learnt: z.looseObject({ rows: z.number(), customers: z.number(), reward: z.string() }),
});

const report = z.object({
  types: z.array(z.string()),
  properties: z.object({
    offerId: z.string(),
    propensity: z.number(),
    policyVersion: z.string(),
    asOf: z.iso.date(),
  }),
});

const action = z
  .object({
    ...{ customerRef, customerId, tenant, asOf },
    action: z.string().nullable().describe('An arm of the policy; null where none is allowed.'),
    basis: z.enum(['all-alike', 'per-customer', 'next-allowed', 'explored']).nullable(),
    reason: z.object({ en: z.string(), 'zh-CN': z.string() }),
    propensity: z.number().min(0).max(1).describe('Probability that this customer got this action.'),
    expectedGain: z.number().nullable().describe('Above the best arm for all; null where all are treated alike.'),
    ruledOut: z.array(z.object({ action: z.string(), because: z.enum(offerObstacles) })),
    policy,
    report: report.nullable().describe('What to send to ingest when the action is shown, accepted or rejected.'),
    unknownContext: z.array(z.string()).describe('Context columns of the policy of which nothing is known.'),
  })
  .meta({ id: 'NextBestAction' });

/** The operations on actions; `path` names the customer. */
export function actionOperations(path: z.ZodObject): Record<string, ApiOperation> {
  return {
    'GET /v1/customers/{id}/next-best-action': {
      tag: 'customers',
      access: 'token',
      summary: 'What the configured policy does for a customer',
      description: 'Parameters named `context.COLUMN` give columns of the policy that are no features.',
      path,
      query: z.object({
        consent: z.string().optional().describe('Purposes and channels consented to, with commas between.'),
        region: z.string().optional(),
        language: z.string().optional(),
        budget: z.number().min(0).optional().describe('In major units of the reporting currency.'),
        outOfStock: z.string().optional().describe('Actions there is nothing left of, with commas between.'),
      }),
      answers: { 200: { description: 'The action.', schema: action } },
      problems: [400, 404, 503],
    },
  };
}
