import { expect } from 'vitest';
import type { ApiDescription } from '../../services/platform/http/api-description.ts';

/**
 * Fails unless a body is what `/openapi.json` says of the route, member for member.
 * @param route as `GET /v1/tasks/{id}`
 */
export function expectDescribed({ operations }: ApiDescription, route: string, body: unknown, status = 200): void {
  const schema = operations[route]?.answers[status]?.schema;
  if (schema === undefined) throw new Error(`${route} describes no body of a ${status}`);
  // A member that is not described is left out by the schema, so it shows as a difference.
  expect(schema.parse(body), route).toEqual(body);
}
