import type { JsonObject } from '../json-object.ts';
import type { PersonalCheck } from './personal-check.ts';
import { readWord } from './read-word.ts';

export interface Place {
  readonly region: string | null;
  readonly store: string | null;
}

/** Region and store of an event; null where the property is no short text that may stand in clear. */
export function readPlace(properties: JsonObject, isPersonal: PersonalCheck): Place {
  return { region: readWord(properties['region'], isPersonal), store: readWord(properties['store'], isPersonal) };
}
