import type { ApiDescription } from '../../services/platform/http/api-description.ts';

/** The description of a service with the routes below one path alone, for a server that has no others. */
export function routesBelow(api: ApiDescription, path: string): ApiDescription {
  const below = Object.entries(api.operations).filter(([route]) => `${route}/`.split(' ')[1].startsWith(`${path}/`));
  return { ...api, operations: Object.fromEntries(below) };
}
