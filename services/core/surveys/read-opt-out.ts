import type { CustomerRecord } from '../events/customer-record.ts';
import { wordOf } from '../features/signals/attribute-of.ts';

/** Purposes of a consent that surveys fall under; a consent that names none is about everything. */
const purposes: ReadonlySet<string> = new Set(['', 'survey', 'surveys', 'research', 'feedback', 'all']);

/** Whether the customer from now on does not want to be asked; null where an event says nothing about it. */
export function readOptOut(record: CustomerRecord): boolean | null {
  if (record.type !== 'consent.changed') return null;
  const mark = record.consent.findLast(({ purpose }) => purposes.has(purpose.toLowerCase()));
  if (mark !== undefined) return !mark.granted;
  if (record.consent.length > 0 || !purposes.has(wordOf(record, 'purpose'))) return null;
  const granted = wordOf(record, 'granted');
  return granted === 'true' || granted === 'false' ? granted === 'false' : null;
}
