import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { benchEvents } from '../pipeline/bench-events.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2025, 0, 1, 8);
const days = 10;

/**
 * Orders without end. Days pass during the first `growing` of them, then it stays the last of ten days: states have
 * their full size from then on, and what still grows is not theirs.
 */
export function* soakEvents(growing: number, customers: number): Generator<CustomerRecord> {
  for (let sent = 0; ;) {
    // The content repeats, the ids do not: a repeated id would be recognised as a duplicate.
    for (const event of benchEvents(growing, customers)) {
      const day = Math.min(days - 1, Math.floor((sent / growing) * days));
      const occurredAt = firstDay + day * dayMs;
      yield { ...event, eventId: `soak-event-${sent}`, occurredAt, receivedAt: occurredAt + 250 };
      sent += 1;
    }
  }
}
