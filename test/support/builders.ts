import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

let builtRecords = 0;

/**
 * A record of the events topic as ingest would write it: a live order of 10.00 GBP on 2026-01-15 at noon UTC. Every
 * call makes another event id, so that two records are duplicates only where a test says so.
 */
export function aRecord(overrides: Partial<CustomerRecord> = {}): CustomerRecord {
  builtRecords += 1;
  const occurredAt = overrides.occurredAt ?? Date.UTC(2026, 0, 15, 12);
  return {
    kind: 'event',
    eventId: `event-${builtRecords}`,
    tenant: 'demo',
    region: null,
    store: null,
    source: 'web-shop',
    channel: 'web',
    type: 'order.placed',
    name: null,
    surrogate: '00112233445566778899aabbccddeeff',
    identities: [],
    occurredAt,
    receivedAt: occurredAt,
    amountMinor: 1000,
    currency: 'GBP',
    reportingAmountMinor: 1000,
    rateVersion: null,
    attributes: [],
    envelope: null,
    consent: [],
    contentHash: '0'.repeat(32),
    historical: false,
    importId: null,
    planVersion: null,
    origin: null,
    epochStarted: null,
    activation: null,
    dayClosed: null,
    link: null,
    snapshot: null,
    erasure: null,
    retracted: null,
    ...overrides,
  };
}
