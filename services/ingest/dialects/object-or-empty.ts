import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';

const empty: JsonObject = {};

/** The value itself if it is an object, else one without members. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isJsonObject(value) ? value : empty;
}
