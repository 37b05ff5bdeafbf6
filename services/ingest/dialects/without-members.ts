import { setMember } from '../../core/set-member.ts';
import type { JsonObject } from '../json-object.ts';

/** An object without some of its members. */
export function withoutMembers(object: JsonObject, isLeftOut: (name: string) => boolean): JsonObject {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(object)) if (!isLeftOut(name)) setMember(rest, name, object[name]);
  return rest;
}
