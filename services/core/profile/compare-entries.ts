import type { ProfileEntry } from './profile-entry.ts';

/**
 * Order of what was said about a customer, the later word is the larger. Event time decides. Where it is equal, source,
 * import and event id decide, which arrival cannot change; of two copies of one event the one received first counts, so
 * a copy that comes later changes nothing. A retraction comes right after what it takes back. 0 only for the same entry.
 */
export function compareEntries(a: ProfileEntry, b: ProfileEntry): number {
  return (
    a.origin.occurredAt - b.origin.occurredAt ||
    compareTexts(a.origin.source, b.origin.source) ||
    compareTexts(a.origin.importId ?? '', b.origin.importId ?? '') ||
    compareTexts(a.origin.eventId, b.origin.eventId) ||
    Number(a.value.kind === 'retracted') - Number(b.value.kind === 'retracted') ||
    b.origin.receivedAt - a.origin.receivedAt ||
    compareTexts(a.name, b.name)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
