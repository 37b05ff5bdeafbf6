import type { JsonObject } from '../../json-object.ts';
import type { ClientRequest } from '../dialect.ts';

const prefix = 'ce-';

/** A binary event in the structured form. */
export function eventOfHeaders(headers: ClientRequest['headers'], data: unknown): JsonObject {
  const attributes = Object.entries(headers).flatMap(([name, value]): [string, unknown][] =>
    name.startsWith(prefix) && typeof value === 'string' ? [[name.slice(prefix.length), decode(value)]] : [],
  );
  const type = headers['content-type'];
  return Object.fromEntries([...attributes, ['datacontenttype', type ?? null], ['data', data]]);
}

/** Header values are percent-encoded UTF-8; what is not is taken as it stands. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
