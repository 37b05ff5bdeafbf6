import { z } from 'zod';
import { caseJsonSchema } from '../core/cases/case-json-schema.ts';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import {
  caseListSchema,
  caseOfSchema,
  caseOpeningSchema,
  caseStepSchemas,
} from '../core/cases/case-request-schemas.ts';

const shared = { tag: 'cases', access: 'token' } as const;
const path = z.object({ id: z.string() });
const headers = z.object({
  'Idempotency-Key': z.string().max(256).optional().describe('The same key for the same request: it is done once.'),
  'X-Actor': z.string().max(200).optional().describe('Who asks, for the audit log.'),
});
const answered = z.object({
  caseId: z.string(),
  customerId: z.string(),
  commandId: z.string(),
  result: z.enum(['applied', 'pending']),
  case: caseJsonSchema.nullable(),
});
const pending = { description: 'It stands in the log and will be done; read the case again.', schema: answered };

const steps: Readonly<Record<keyof typeof caseStepSchemas, string>> = {
  respond: 'The customer was answered',
  progress: 'Something was done; the customer was told how far it is unless `toCustomer` is false',
  wait: 'Somebody else has to act: clocks that the state pauses stand still',
  resume: 'We have to act again',
  resolve: 'It is solved',
  'follow-up': 'The customer was asked whether it is really solved',
  reopen: 'It was not solved',
  close: 'It is closed, with a cause code and after a follow-up only',
  assign: 'Somebody takes it',
  sort: 'Nature, weight or complaint are corrected',
};

/** Cases, for `/openapi.json`. */
export const caseOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /v1/cases': {
    ...shared,
    summary: 'Cases, the most urgent first: by urgency × tier × risk, then the oldest',
    query: caseListSchema,
    answers: {
      200: {
        description: 'A page, which may be short although `next` leads on.',
        schema: z.object({ cases: z.array(caseJsonSchema), next: z.string().nullable() }),
      },
    },
    problems: [400, 503],
  },
  'POST /v1/cases': {
    ...shared,
    summary: 'Open a case',
    headers,
    body: { schema: caseOpeningSchema },
    answers: { 201: { description: 'It is open.', schema: answered }, 202: pending },
    problems: [400, 409, 503],
  },
  'GET /v1/cases/{id}': {
    ...shared,
    summary: 'One case of a customer',
    path,
    query: caseOfSchema,
    answers: { 200: { description: 'The case.', schema: caseJsonSchema } },
    problems: [400, 404, 503],
  },
  ...Object.fromEntries(
    Object.entries(steps).map(([verb, summary]): [string, ApiOperation] => [
      `POST /v1/cases/{id}/${verb}`,
      {
        ...shared,
        summary,
        path,
        query: caseOfSchema,
        headers,
        body: { schema: caseStepSchemas[verb as keyof typeof caseStepSchemas] },
        answers: { 200: { description: 'It was done.', schema: answered }, 202: pending },
        problems: [400, 404, 409, 503],
      },
    ]),
  ),
};
