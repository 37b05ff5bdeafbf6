import { z } from 'zod';
import type { ApiOperation } from './api-operation.ts';

const partition = z.object({
  topic: z.string(),
  partition: z.int(),
  offset: z.int().describe('First offset not yet done.'),
  lag: z.int().nullable().describe('Records still to be handled; null while nobody can say.'),
  ageMs: z.int().describe('Milliseconds since the offset last advanced or nothing was left to do.'),
  catchUpSeconds: z.number().nullable().describe('Estimate of the time until the lag is zero; null while unknown.'),
});

const readiness = z
  .object({
    ready: z.boolean(),
    reasons: z.array(z.string()).describe('Why not; empty when ready.'),
    partitions: z.array(partition),
  })
  .meta({ id: 'Readiness' });

const shared = { tag: 'operation', access: 'open' } as const;

/** The routes that every service has. */
export const probeOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /livez': {
    ...shared,
    summary: 'Whether the process answers',
    answers: { 200: { description: 'It does.', schema: z.object({ live: z.literal(true) }) } },
  },
  'GET /readyz': {
    ...shared,
    summary: 'Whether the service makes progress, and why not',
    answers: {
      200: { description: 'It does.', schema: readiness },
      503: { description: 'It does not, or cannot tell; `reasons` says why.', schema: readiness },
    },
  },
  'GET /metrics': {
    ...shared,
    summary: 'Metrics for Prometheus',
    answers: {
      200: { description: "Prometheus' text format.", schema: z.string(), mediaType: 'text/plain; version=0.0.4' },
    },
  },
  'GET /openapi.json': {
    ...shared,
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
  },
};
