import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { EpochMs } from '../../core/units.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { convertAmount } from './convert-amount.ts';
import { readAmount } from './read-amount.ts';

export interface EventMoney {
  readonly fields: Pick<CustomerRecord, 'amountMinor' | 'currency' | 'reportingAmountMinor' | 'rateVersion'>;
}

const noMoney: EventMoney = {
  fields: { amountMinor: null, currency: null, reportingAmountMinor: null, rateVersion: null },
};

/** The amount of an event in its own and in the reporting currency. */
export function readMoney(event: PlannedEvent, tenant: IngestTenant, occurredAt: EpochMs): Outcome<EventMoney> {
  const amount = readAmount(event, tenant.currency);
  if (amount.outcome !== 'ok') return amount;
  if (amount.value === null) return { outcome: 'ok', value: noMoney };
  const { minor, currency } = amount.value;
  const reporting = convertAmount(amount.value, tenant, occurredAt);
  if (reporting.outcome !== 'ok') return reporting;
  const { minor: reportingAmountMinor, rateVersion } = reporting.value;
  const fields = { amountMinor: minor, currency, reportingAmountMinor, rateVersion };
  return { outcome: 'ok', value: { fields } };
}
