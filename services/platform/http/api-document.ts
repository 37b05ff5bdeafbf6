import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { z } from 'zod';
import type { ApiDescription } from './api-description.ts';
import type { ApiAnswer, ApiOperation } from './api-operation.ts';
import { problemSchema } from './problem-schema.ts';

const securitySchemes = {
  apiToken: { type: 'http', scheme: 'bearer', description: 'An API token of the installation.' },
  writeKeyAsUser: { type: 'http', scheme: 'basic', description: 'The write key as user; no password.' },
  writeKeyAsBearer: { type: 'http', scheme: 'bearer', description: 'The write key, or an access token of `/token`.' },
  writeKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Write-Key' },
} as const;

const security: Readonly<Record<ApiOperation['access'], Record<string, string[]>[]>> = {
  open: [],
  token: [{ apiToken: [] }],
  // The last one: the key stands in the body or the query, or the request is signed.
  writeKey: [{ writeKeyAsUser: [] }, { writeKeyAsBearer: [] }, { writeKeyHeader: [] }, {}],
};

const problems: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood.',
  401: 'The token, key or signature is missing, unknown or not valid any more.',
  403: 'The token lacks the role that this needs.',
  404: 'There is no such thing, or not for this tenant.',
  409: 'What is asked for does not fit the present state.',
  413: 'The request is too large.',
  429: 'Too much at once.',
  503: 'Something the service needs is away, or too much is unfinished.',
};

const retryAfter = z.object({ 'Retry-After': z.int().min(1).describe('Seconds until the same may be sent again.') });

/**
 * The OpenAPI document of a service. The server neither checks requests nor writes answers by it.
 * @returns plain JSON
 */
export function buildApiDocument({ title, description, operations }: ApiDescription): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method, path] = route.split(' ', 2);
    paths[path] = { ...paths[path], [method.toLowerCase()]: toOperation(route, operation) };
  }
  const license = { name: 'Apache-2.0', identifier: 'Apache-2.0' };
  return createDocument(
    { openapi: '3.1.0', info: { title, description, version: '1', license }, paths, components: { securitySchemes } },
    // A later version may answer more than this one says.
    { override: ({ jsonSchema }) => void delete jsonSchema.additionalProperties },
  );
}

function toOperation(route: string, operation: ApiOperation): ZodOpenApiOperationObject {
  const { summary, description, tag, access, path, query, headers, body, answers } = operation;
  const refused = [...(access === 'open' ? [] : [401]), ...(operation.problems ?? [])];
  return {
    operationId: operationId(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    security: security[access],
    requestParams: { ...(path && { path }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(body.mediaTypes ?? ['application/json'], body.schema) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, toResponse(answer)])),
      ...Object.fromEntries(refused.map((status) => [String(status), problemResponse(status)])),
      default: { description: 'Any other fault.', content: contentOf(['application/problem+json'], problemSchema) },
    },
  };
}

function toResponse({ description, schema, mediaType = 'application/json', headers }: ApiAnswer) {
  const response: ZodOpenApiResponseObject = { description };
  if (schema !== undefined) response.content = contentOf([mediaType], schema);
  if (headers !== undefined) response.headers = headers;
  return response;
}

function problemResponse(status: number): ZodOpenApiResponseObject {
  return {
    description: problems[status] ?? 'Refused.',
    content: contentOf(['application/problem+json'], problemSchema),
    ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
  };
}

function contentOf(mediaTypes: readonly string[], schema: z.ZodType) {
  return Object.fromEntries(mediaTypes.map((type) => [type, { schema }]));
}

/** `GET /v1/tasks/{id}` is `get_v1_tasks_id`: it stays what it is as long as the path does. */
function operationId(route: string): string {
  return route
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
