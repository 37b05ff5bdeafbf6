import { ingestLimits } from '../ingest-limits.ts';
import type { PersonalCheck } from './personal-check.ts';

/** A short text or whole number as text; null for anything else, and for what is personal. */
export function readWord(value: unknown, isPersonal: PersonalCheck): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const word = text.trim();
  if (word === '' || word.length > ingestLimits.wordCharacters || !word.isWellFormed()) return null;
  return isPersonal(word) ? null : word;
}
