import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { cleanFields } from '../../services/core/quality/clean-fields.ts';
import { parseIsoTime } from '../../services/core/events/parse-iso-time.ts';
import { isEventType } from '../../services/core/events/event-types.ts';
import type { ImportEvent } from './make-event.ts';

/** Which fields of a record are not what its row says, in words without any of the content. */
export function compareRecord(record: CustomerRecord, event: ImportEvent): string[] {
  const wrong: string[] = [];
  if (record.occurredAt !== parseIsoTime(event.time)) wrong.push('its time');
  if (isEventType(event.type) && record.type !== event.type) wrong.push('its type');
  if (!record.historical) wrong.push('the mark "historical"');
  if (record.importId === null) wrong.push('the import id');
  const attributes = new Map(record.attributes.map(({ name, value }) => [name, value]));
  const type = isEventType(event.type) ? event.type : 'custom';
  const cleaned = cleanFields(event.properties, '', { type, country: () => null, now: record.receivedAt }).values;
  for (const [name, value] of Object.entries(event.properties)) {
    // What is personal is sealed, what has a place of its own is no attribute: only what stands there can be compared.
    const kept = attributes.get(name);
    const expected = [value, cleaned[name]].map((each) => String(each).slice(0, 512));
    if (kept !== undefined && isScalar(value) && !expected.includes(String(kept))) {
      wrong.push(`its property ${name}`);
    }
  }
  return wrong.map((what) => `${what} of event ${record.eventId} is not as in the file`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
