import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { readJsonField } from './read-json-field.ts';

/** The tracker's own entities (session, page id …) describe the device, not the business. */
const ownVendor = /^iglu:com\.snowplowanalytics\./;
const schemaName = /^iglu:[^/]+\/([^/]+)/;

/** The business's entities beside an event, each under the name of its schema; the first one of a name. */
export function readEntities(payload: JsonObject): JsonObject {
  const outer = readJsonField(payload['co'], payload['cx']);
  const list = isJsonObject(outer) ? outer['data'] : undefined;
  if (!Array.isArray(list)) return {};
  const found = new Map<string, unknown>();
  for (const entity of list as unknown[]) {
    if (!isJsonObject(entity) || typeof entity['schema'] !== 'string' || ownVendor.test(entity['schema'])) continue;
    const name = schemaName.exec(entity['schema'])?.[1];
    if (name !== undefined && !found.has(name)) found.set(name, entity['data']);
  }
  return Object.fromEntries(found);
}
