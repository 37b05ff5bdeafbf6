import { z } from 'zod';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import { resultNames } from './event-result.ts';
import type { Dialect } from './dialects/dialect.ts';

type Call = Pick<ApiOperation, 'summary' | 'description' | 'query' | 'headers' | 'body' | 'answers'>;

const answer = z
  .object({
    success: z.literal(true),
    results: z
      .record(
        z.string(),
        z.object({
          result: z.enum([...resultNames, 'retry']),
          code: z.string().nullable(),
          detail: z.string().nullable(),
        }),
      )
      .describe('By event id, or `#` and the place of an event without a usable one.'),
    counts: z.record(z.enum(resultNames), z.int().min(0)).describe('Every event counts once.'),
  })
  .meta({ id: 'IngestAnswer' });

const answers = { 200: { description: 'Every event has its result; what is accepted is in Kafka.', schema: answer } };
const anyObject = z.looseObject({});

const plainEvent = z
  .looseObject({
    id: z.string().min(1).max(256),
    type: z.string().min(1).describe('A word of the vocabulary, such as `order.placed`, or one of the tracking plan.'),
    userId: z.string().optional(),
    anonymousId: z.string().optional().describe('One of the two customer ids must be there.'),
    time: z
      .union([z.iso.datetime({ offset: true }), z.int()])
      .optional()
      .describe('ISO 8601 or milliseconds since 1970.'),
    amount: z.number().optional(),
    currency: z.string().optional().describe('ISO 4217.'),
    properties: anyObject.optional(),
    traits: anyObject.optional().describe('About the person; sealed.'),
    channel: z.string().optional(),
    region: z.string().optional(),
    store: z.string().optional(),
    historical: z.boolean().optional(),
    importId: z.string().optional(),
  })
  .meta({ id: 'Event' });

function plain(): Call {
  const writeKey = z.string().optional().describe('Where no header has it.');
  const { historical, importId } = plainEvent.shape;
  const list = z.looseObject({ events: z.array(plainEvent), writeKey, historical, importId });
  const schema = z.union([plainEvent, z.array(plainEvent), list]);
  return { summary: 'Events in the protocol of Tidewatch', body: { schema }, answers };
}

function segment(call: string): Call {
  const description = "Segment's HTTP tracking API. `writeKey` may stand in the body where no header has it.";
  if (call !== 'batch')
    return { summary: `One ${call} call of Segment`, description, body: bodyOf(anyObject), answers };
  const schema = z.looseObject({ batch: z.array(anyObject), writeKey: z.string().optional() });
  return { summary: 'A batch of Segment calls', description, body: { schema }, answers };
}

function posthog(call: string): Call {
  const description = 'The key may stand in the body (`api_key`, `token`) or the query.';
  const batch = z.looseObject({ batch: z.array(anyObject), api_key: z.string().optional() });
  const query = z.object({ api_key: z.string().optional(), token: z.string().optional() });
  if (call === 'v0') {
    const mediaTypes = ['application/json', 'application/x-www-form-urlencoded'];
    const schema = z.union([batch, anyObject, z.array(anyObject)]);
    return { summary: "Events in PostHog's capture protocol v0", description, query, body: { schema, mediaTypes }, answers };
  } // prettier-ignore
  const result = z.object({ result: z.enum(['ok', 'warning', 'drop', 'retry']), details: z.string().optional() });
  const schema = z.object({ results: z.record(z.string(), result) }).meta({ id: 'CaptureAnswer' });
  const answered = { 200: { description: 'By event: written, refused for good, or to be sent again.', schema } };
  return { summary: "Events in PostHog's capture protocol v1", description, query, body: { schema: batch }, answers: answered }; // prettier-ignore
}

function snowplow(call: string): Call {
  const query = z.looseObject({
    writeKey: z.string().optional().describe('A header is better: addresses are logged.'),
  });
  if (call === 'get') return { summary: 'One Snowplow event, in the query', query, answers };
  const schema = z.looseObject({ schema: z.string(), data: z.array(z.record(z.string(), z.string())) });
  return { summary: 'Snowplow payloads', query, body: { schema }, answers };
}

function cloudEvents(): Call {
  return {
    summary: 'CloudEvents 1.0: binary, structured or batch',
    description: 'Binary events have their attributes in `ce-` headers, and any content type.',
    query: z.object({
      writeKey: z.string().optional().describe('A header is better: addresses are logged.'),
      key: z.string().optional().describe('Id of the key whose secret signs the request (Standard Webhooks).'),
    }),
    headers: z.object({
      'webhook-id': z.string().optional(),
      'webhook-timestamp': z.string().optional(),
      'webhook-signature': z.string().optional().describe('Instead of a key.'),
    }),
    body: {
      schema: z.union([anyObject, z.array(anyObject)]),
      mediaTypes: ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'],
    },
    answers,
  };
}

const byDialect: Readonly<Record<string, (call: string) => Call>> = {
  plain,
  segment,
  posthog,
  snowplow,
  cloudevents: cloudEvents,
};

/** What the calls of the dialects take and answer, for `/openapi.json`; a dialect that is not described has none. */
export function describeDialects(dialects: readonly Dialect[]): Record<string, ApiOperation> {
  const described = dialects.flatMap(({ name, calls }) =>
    calls.flatMap(({ method, path, call }): [string, ApiOperation][] => {
      const found = byDialect[name]?.(call);
      const rest = { tag: name, access: 'writeKey', problems: [400, 413, 429, 503] } as const;
      return found === undefined ? [] : [[`${method} ${path}`, { ...rest, ...found }]];
    }),
  );
  return Object.fromEntries(described);
}

function bodyOf(schema: z.ZodType) {
  return { schema };
}
