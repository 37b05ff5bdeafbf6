import type { JsonObject } from '../json-object.ts';

/** An object without the members that say nothing (undefined or null). */
export function saidMembers(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));
}
