import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

/** A field as the naive profile shows it: its value, and the event that said it. */
export interface NaiveField {
  readonly value: string;
  readonly source: string;
  readonly eventId: string;
}

interface Word extends NaiveField {
  readonly name: string;
  readonly importId: string | null;
  /** Texts that sort as the words do. */
  readonly order: string;
}

/**
 * The profile straight from its definition: all that was ever said, per field, source and import the last word, then of
 * those that nobody took back the last one. @param most of the last words, the latest are kept
 */
export function naiveProfile(records: readonly CustomerRecord[], most = Infinity): Record<string, NaiveField> {
  const takenBack = new Set(records.flatMap(({ retracted }) => (retracted === null ? [] : [idOf(retracted)])));
  const events = records.flatMap((record) => (record.retracted === null ? [record] : [record.retracted]));
  const words = events.flatMap(wordsOf).sort((a, b) => (a.order < b.order ? -1 : 1));
  const lastWords = new Map<string, Word>();
  for (const word of words) lastWords.set(`${word.name}|${word.source}|${word.importId}`, word);
  const kept = [...lastWords.values()].sort((a, b) => (a.order < b.order ? 1 : -1)).slice(0, most);
  const shown: Record<string, NaiveField> = {};
  for (const { name, value, source, eventId } of kept.reverse()) {
    if (!takenBack.has(idOf({ source, eventId }))) shown[name] = { value, source, eventId };
  }
  return shown;
}

function wordsOf(record: CustomerRecord): Word[] {
  if (record.type !== 'customer.upserted') return [];
  const { source, importId, eventId, occurredAt } = record;
  return (record.envelope?.fields ?? [])
    .filter(({ name }) => name !== 'customerRef')
    .map(({ name, sealed }) => {
      const order = [String(occurredAt).padStart(16, '0'), source, importId ?? '', eventId, name].join(' ');
      return { name, value: sealed.toString('utf8'), source, importId, eventId, order };
    });
}

function idOf({ source, eventId }: Pick<CustomerRecord, 'source' | 'eventId'>): string {
  return `${source}|${eventId}`;
}
