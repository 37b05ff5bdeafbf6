import type { CustomerRecord } from '../events/customer-record.ts';
import type { EpochMs } from '../units.ts';
import type { KpiFact, Standing } from './kpi-fact.ts';

export interface StandingNews {
  /** What the score was made of: an event, or the end of a day. */
  readonly record: CustomerRecord;
  readonly scoreId: string;
  /** Place of the record in the log; of a day, of the record that closed it. */
  readonly epoch: number;
  readonly sequence: number;
  readonly at: EpochMs;
  readonly standing: Standing;
}

/** Tells that a customer stands elsewhere, where no fact of an event says so. */
export function composeStandingFact({ record, scoreId, epoch, sequence, at, standing }: StandingNews): KpiFact {
  const { tenant, surrogate, kind, type, source } = record;
  return {
    factId: scoreId,
    kind: 'standing',
    tenant,
    surrogate,
    epoch,
    sequence,
    at,
    type: type === '' ? kind : type,
    sign: 1,
    source,
    channel: record.channel === '' ? null : record.channel,
    region: record.region,
    store: record.store,
    amountMinor: null,
    attributes: [],
    standing,
    task: null,
    serviceCase: null,
  };
}
