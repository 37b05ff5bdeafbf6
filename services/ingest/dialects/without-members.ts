import type { JsonObject } from '../json-object.ts';

/** An object without some of its members. */
export function withoutMembers(object: JsonObject, isLeftOut: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !isLeftOut(name)));
}
