import type { EpochMs } from '../units.ts';
import type { ActivationContent, CustomerRecord, DayClosed, EpochStarted, RecordKind } from './customer-record.ts';

/** What a control record of a whole partition says; exactly one part is given, the one of its kind. */
export interface ControlContent {
  readonly kind: Extract<RecordKind, 'epoch-started' | 'activation-changed' | 'day-closed'>;
  /** Same for the same fact on every partition, so that readers recognise a repetition. */
  readonly controlId: string;
  /** When the fact was established; not read by any score. */
  readonly at: EpochMs;
  /** Empty where the fact concerns every tenant. */
  readonly tenant?: string;
  readonly epochStarted?: EpochStarted;
  readonly activation?: ActivationContent;
  readonly dayClosed?: DayClosed;
}

/**
 * A control record for a whole partition of the events topic. Everything it does not say is empty. Publish it with key
 * null and an explicit partition.
 */
export function controlRecord(content: ControlContent): CustomerRecord {
  return {
    ...emptyRecord,
    kind: content.kind,
    eventId: content.controlId,
    tenant: content.tenant ?? '',
    occurredAt: content.at,
    receivedAt: content.at,
    epochStarted: content.epochStarted ?? null,
    activation: content.activation ?? null,
    dayClosed: content.dayClosed ?? null,
  };
}

const emptyRecord: Omit<CustomerRecord, 'kind' | 'eventId' | 'occurredAt' | 'receivedAt'> = {
  tenant: '',
  region: null,
  store: null,
  source: '',
  channel: '',
  type: '',
  name: null,
  surrogate: '',
  identities: [],
  amountMinor: null,
  currency: null,
  reportingAmountMinor: null,
  rateVersion: null,
  attributes: [],
  envelope: null,
  consent: [],
  contentHash: '',
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
};
