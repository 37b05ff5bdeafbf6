import type { CustomerRecord } from '../events/customer-record.ts';
import { factAttributes } from './fact-attributes.ts';
import { happenedAt } from './happened-at.ts';
import type { KpiFact, Standing } from './kpi-fact.ts';

/** An event that was counted, or taken back. */
export interface CountedEvent {
  /** The event itself, also where a retraction takes it back. */
  readonly event: CustomerRecord;
  readonly factId: string;
  readonly sign: 1 | -1;
  /** Of the record that counted it: epoch and offset. */
  readonly epoch: number;
  readonly sequence: number;
}

/** @param standing by the score that the same record caused; null where it caused none */
export function composeEventFact(counted: CountedEvent, standing: Standing | null): KpiFact {
  const { event } = counted;
  // One literal with every field: copying parts into it costs more than making it.
  return {
    factId: counted.factId,
    kind: 'event',
    tenant: event.tenant,
    surrogate: event.surrogate,
    epoch: counted.epoch,
    sequence: counted.sequence,
    at: happenedAt(event),
    type: event.type,
    sign: counted.sign,
    source: event.source,
    channel: event.channel === '' ? null : event.channel,
    region: event.region,
    store: event.store,
    amountMinor: event.reportingAmountMinor,
    attributes: factAttributes(event.type, event.attributes),
    standing,
    task: null,
    serviceCase: null,
  };
}
