import { createHash } from 'node:crypto';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { aRecord } from '../../support/builders.ts';

const day = 86_400_000;
const firstDay = Date.UTC(2025, 0, 1, 8);

/**
 * `count` orders of `customers` customers over a year, in time order; every event is read by a feature.
 * @param generation events of the next generation are others, of the year after
 */
export function* benchEvents(count: number, customers: number, generation = 0): Generator<CustomerRecord> {
  const surrogates = Array.from({ length: customers }, (_, i) => benchCustomer(i));
  for (let i = 0; i < count; i++) {
    const occurredAt = firstDay + Math.floor((i / count + generation) * 365) * day;
    const amount = 500 + ((i * 104_729) % 20_000);
    yield aRecord({
      eventId: `bench-event-${generation * count + i}`,
      surrogate: surrogates[(i * 48_271) % customers],
      contentHash: hex(`content ${i % 1000}`),
      identities: [{ type: 'user', hash: surrogates[i % customers] }],
      attributes: [
        { name: 'category', value: 'gifts' },
        { name: 'items', value: 3 },
      ],
      occurredAt,
      receivedAt: occurredAt + 250,
      amountMinor: amount,
      reportingAmountMinor: amount,
      rateVersion: 'identity',
    });
  }
}

/** Surrogate of the customer with this number. */
export function benchCustomer(number: number): string {
  return hex(`customer ${number}`);
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
