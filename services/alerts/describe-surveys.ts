import { z } from 'zod';
import type { ApiOperation } from '../platform/http/api-operation.ts';

const shared = { tag: 'surveys', access: 'open', path: z.object({ token: z.string() }) } as const;
const page = (description: string) => ({ description, schema: z.string(), mediaType: 'text/html' });
const refused = {
  404: page('The link is none of ours.'),
  409: page('It was answered before.'),
  410: page('The time for an answer is over.'),
};

/** The pages of surveys, for `/openapi.json`. */
export const surveyOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /s/{token}': {
    ...shared,
    summary: 'The questions of a survey, in two languages and without scripts',
    answers: { 200: page('The questions.'), ...refused },
  },
  'POST /s/{token}': {
    ...shared,
    summary: 'The answer to a survey',
    description: 'A form with `score` and `dimension-<name>`, or JSON. The same answer sent again is one answer.',
    body: {
      mediaTypes: ['application/x-www-form-urlencoded', 'application/json'],
      schema: z.object({ score: z.int().min(0).max(10), dimensions: z.record(z.string(), z.int()).optional() }),
    },
    answers: {
      200: page('The answer has arrived.'),
      400: page('The questions again, and what is wrong with the answer.'),
      ...refused,
      503: page('It could not be stored; `Retry-After` says when to send it again.'),
    },
  },
};
