import fc from 'fast-check';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { retractionRecord } from '../../services/core/events/retraction-record.ts';
import { aRecord } from './builders.ts';

const start = Date.UTC(2026, 0, 15);

/**
 * Events about one customer, some of them orders; few times, sources and names, so that they meet. "Sealed" bytes are
 * plain text.
 * @param names how many names of fields there are
 */
export function profileRecords(names: number, maxLength = 30): fc.Arbitrary<CustomerRecord[]> {
  const event = fc.record({
    type: fc.constantFrom('customer.upserted', 'customer.upserted', 'customer.upserted', 'order.placed'),
    source: fc.constantFrom('web', 'pos', 'crm'),
    importId: fc.constantFrom(null, null, 'history'),
    minute: fc.nat({ max: 12 }),
    late: fc.nat({ max: 5 }),
    fields: fc.uniqueArray(fc.nat({ max: names - 1 }), { minLength: 1, maxLength: Math.min(names, 20) }),
  });
  return fc.array(event, { maxLength }).map((events) =>
    events.map(({ minute, late, fields, ...said }, i) => {
      const eventId = `event-${String(i).padStart(4, '0')}`;
      const sealed = fields.map((name) => ({ name: `field-${name}`, sealed: Buffer.from(`${eventId}:${name}`) }));
      const occurredAt = start + minute * 60_000;
      const envelope = { keyId: 'key', fields: [{ name: 'customerRef', sealed: Buffer.from('42') }, ...sealed] };
      return aRecord({ ...said, eventId, occurredAt, receivedAt: occurredAt + late * 1000, envelope });
    }),
  );
}

/** The record that takes an event back. */
export function takenBack(original: CustomerRecord): CustomerRecord {
  const remainder = { purchaseDayHeld: false, firstDay: null };
  return retractionRecord({ original, remainder, historical: true, at: original.receivedAt + 1 });
}
