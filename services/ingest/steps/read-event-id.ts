import { ingestLimits } from '../ingest-limits.ts';

/** The client's event id as it stands; null when it is no usable text. Ids are compared exactly, never trimmed. */
export function readEventId(value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '' || value.length > ingestLimits.idCharacters) return null;
  // A lone surrogate has no UTF-8 bytes: two such ids would become one on the topic.
  return value.isWellFormed() ? value : null;
}
