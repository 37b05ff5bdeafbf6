import type { CustomerRecord } from '../../core/events/customer-record.ts';

/** The fields of a record that a client's event never fills. */
export const blankRecord = {
  kind: 'event',
  consent: [],
  origin: null,
  epochStarted: null,
  activation: null,
  dayClosed: null,
  link: null,
  snapshot: null,
  erasure: null,
  retracted: null,
} as const satisfies Partial<CustomerRecord>;
