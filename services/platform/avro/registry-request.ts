import type { RegistryConnection } from '../runtime/connections.ts';
import { type HttpAnswer, type HttpRequest, sendRequest } from '../runtime/http-request.ts';
import { toEngineError } from './registry-errors.ts';

const timeoutMs = 5_000;
const mediaType = 'application/vnd.schemaregistry.v1+json';

/** What the registry's client library does not offer. Rejects with ERR_REGISTRY_UNAVAILABLE when no answer comes. */
export async function askRegistry(
  { url, ca, authorization }: RegistryConnection,
  path: string,
  request: Pick<HttpRequest, 'method' | 'body'> = {},
): Promise<HttpAnswer> {
  const headers = { ...(authorization && { authorization }), ...(request.body && { 'content-type': mediaType }) };
  try {
    return await sendRequest(url.replace(/\/+$/, '') + path, { ...request, headers, ca, timeoutMs });
  } catch (error) {
    throw toEngineError(error, `${request.method ?? 'GET'} ${path}`);
  }
}
