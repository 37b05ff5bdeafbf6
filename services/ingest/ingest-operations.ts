import { z } from 'zod';
import { qualityDimensions } from '../core/quality/quality-dimension.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import { describeDialects } from './describe-dialects.ts';
import { letterOperations } from './describe-letters.ts';
import { dialects } from './dialects/dialects.ts';

const share = z.number().min(0).max(1);
const scores = z
  .partialRecord(
    z.enum(qualityDimensions),
    z.object({ good: z.int(), all: z.int(), score: share, target: share, isMet: z.boolean() }),
  )
  .meta({ id: 'QualityScores' });

const quality: ApiOperation = {
  tag: 'sources',
  access: 'token',
  summary: 'How good the data of the sources is',
  query: z.object({
    source: z.string().optional().describe('Every source where nothing is said.'),
    days: z.int().min(1).max(90).default(7).describe('The last so many business days, today included.'),
  }),
  answers: {
    200: {
      description: 'By source, event type and field.',
      schema: z.object({
        from: z.iso.date(),
        to: z.iso.date(),
        targets: z.record(z.enum(qualityDimensions), share),
        timelyHours: z.number(),
        sources: z.array(
          z.object({
            source: z.string(),
            scores,
            types: z.array(z.object({ type: z.string(), scores })),
            fields: z.array(z.object({ type: z.string(), field: z.string(), scores })),
            rules: z.record(z.string(), z.int()).describe('Values that each rule has changed.'),
            surplus: z.int().describe('Fields left out by an allow-list.'),
          }),
        ),
      }),
    },
  },
  problems: [400, 404, 503],
};

const unmapped: ApiOperation = {
  tag: 'sources',
  access: 'token',
  summary: 'Names of events that the tracking plan does not know, the most frequent first',
  answers: {
    200: {
      description: 'The names, by source.',
      schema: z.object({
        planVersion: z.string(),
        names: z.array(
          z.object({
            source: z.string(),
            name: z.string(),
            count: z.int(),
            firstSeen: z.iso.datetime(),
            lastSeen: z.iso.datetime(),
            isMappedNow: z.boolean(),
          }),
        ),
      }),
    },
  },
  problems: [503],
};

const token: ApiOperation = {
  tag: 'keys',
  access: 'open',
  summary: 'An access token for a client that signs with its private key',
  description: 'OAuth 2.0 client credentials with a JWT assertion (RFC 7523). Problems also carry `error`.',
  body: {
    mediaTypes: ['application/x-www-form-urlencoded'],
    schema: z.object({
      grant_type: z.literal('client_credentials'),
      client_assertion: z.string(),
      client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer').optional(),
      scope: z.literal('tracking_api:write').optional(),
    }),
  },
  answers: {
    200: {
      description: 'The token.',
      schema: z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.int(),
        scope: z.string(),
      }),
    },
  },
  problems: [400, 401, 413, 503],
};

const handshake: ApiOperation = {
  tag: 'cloudevents',
  access: 'writeKey',
  summary: 'Whether a sender may deliver here (CloudEvents web hooks)',
  query: z.object({ writeKey: z.string().optional(), key: z.string().optional().describe('Id of a key.') }),
  headers: z.object({ 'WebHook-Request-Origin': z.string() }),
  answers: {
    200: {
      description: 'It may.',
      headers: z.object({
        'WebHook-Allowed-Origin': z.string(),
        'WebHook-Allowed-Rate': z.string().describe('Requests a minute, or `*`.'),
      }),
    },
  },
  problems: [400],
};

/** The HTTP interface of ingest, for `/openapi.json`. */
export const ingestApi: ApiDescription = {
  title: 'Tidewatch ingest',
  description: 'Takes the events of customers in the protocols of their SDKs. Paths work with a trailing slash too.',
  operations: {
    ...describeDialects(dialects),
    'OPTIONS /v1/cloudevents': handshake,
    'POST /token': token,
    'GET /v1/quality': quality,
    'GET /v1/plan/unmapped': unmapped,
    ...letterOperations,
  },
};
