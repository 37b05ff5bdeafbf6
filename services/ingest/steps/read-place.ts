import { ingestLimits } from '../ingest-limits.ts';
import type { JsonObject } from '../json-object.ts';
import { looksPersonal } from './personal-data.ts';

export interface Place {
  readonly region: string | null;
  readonly store: string | null;
}

/** Region and store of an event; null where the property is no short text that may stand in clear. */
export function readPlace(properties: JsonObject): Place {
  return { region: readWord(properties['region']), store: readWord(properties['store']) };
}

/** A short text or whole number as text; null for anything else, and for what looks personal. */
export function readWord(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const word = text.trim();
  if (word === '' || word.length > ingestLimits.wordCharacters || !word.isWellFormed()) return null;
  return looksPersonal(word) ? null : word;
}
