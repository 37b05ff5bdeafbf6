import { z } from 'zod';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import { letterStatuses } from './dead-letters/letter-filter.ts';

const shared = { tag: 'dead letters', access: 'token' } as const;
const text = z.string().nullable();
const time = z.iso.datetime();

const letter = z
  .object({
    id: z.string().regex(/^\d+-\d+$/),
    status: z.enum(letterStatuses),
    settledAt: time.nullable(),
    recordedAt: time,
    tenant: text,
    source: text,
    channel: text,
    eventId: text.describe("The client's id of the event, masked as `#` and 16 hex digits unless `reveal` is set."),
    importId: text.describe('Likewise where it may tell who somebody is.'),
    code: z.string(),
    detail: z.string(),
    step: z.string(),
    dialect: text,
    call: text,
    about: z.object({ topic: z.string(), partition: z.int().nullable(), offset: z.int().nullable() }).nullable(),
    obstacle: text.describe('Why it can never be replayed; null where nothing is known against it.'),
  })
  .meta({ id: 'DeadLetter' });

const shown = letter
  .extend({
    original: text.optional().describe('What was sent: personal data. Only with `original=true`.'),
    share: z.looseObject({}).nullable().optional().describe('What the request said about all of its events.'),
    originalBase64: z.string().optional().describe('The bytes of a record that was no event of a client.'),
    originalProblem: z.string().optional().describe('Why the original cannot be shown.'),
  })
  .meta({ id: 'DeadLetterWithOriginal' });

const filter = z.object({
  tenant: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  code: z.string().min(1).optional(),
  step: z.string().min(1).optional(),
  eventId: z.string().min(1).optional().describe('The whole id, in clear.'),
  importId: z.string().min(1).optional(),
  status: z.enum(['any', ...letterStatuses]).optional(),
  since: time.optional(),
  until: time.optional(),
});
const cursor = text.describe('Leads on to the next page; null at the end.');
const reveal = z.boolean().default(false).describe('Show ids in clear; the service notes who asked.');

const results = z.object({
  results: z.array(z.object({ id: z.string(), outcome: z.string(), code: text, detail: text })),
  counts: z.record(z.string(), z.int()),
  cursor,
});

function settle(summary: string, own: z.ZodRawShape): ApiOperation {
  const options = { dryRun: z.boolean().optional(), ...own };
  const page = { limit: z.int().min(1).max(100).optional(), cursor: z.string().optional() };
  return {
    ...shared,
    summary,
    body: {
      schema: z.union([
        z.object({ ids: z.array(z.string()).max(100), ...options }),
        z.object({ filter, ...page, ...options }),
      ]),
    },
    answers: { 200: { description: 'One result per letter.', schema: results } },
    problems: [400, 413, 503],
  };
}

/** The routes of the dead letters, for `/openapi.json`. */
export const letterOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /v1/dead-letters': {
    ...shared,
    summary: 'Dead letters, the newest first',
    query: filter.extend({ limit: z.int().min(1).max(500).default(50), cursor: z.string().optional(), reveal }),
    answers: {
      200: {
        description: 'A page; `cut` says that it is short because enough was looked at.',
        schema: z.object({ letters: z.array(letter), cursor, scanned: z.int(), cut: z.boolean() }),
      },
    },
    problems: [400, 503],
  },
  'GET /v1/dead-letters/{id}': {
    ...shared,
    summary: 'One dead letter',
    path: z.object({ id: z.string() }),
    query: z.object({
      original: z.boolean().default(false).describe('With what was sent, and ids in clear; the service notes it.'),
      reveal,
    }),
    answers: { 200: { description: 'The letter.', schema: shown } },
    problems: [400, 404, 503],
  },
  'POST /v1/dead-letters:replay': settle('Take the events of open letters through ingest again', {
    asNewId: z.boolean().optional().describe('An id made of the content for events that conflict or came without one.'),
  }),
  'POST /v1/dead-letters:drop': settle('Settle open letters without replaying them', {}),
};
