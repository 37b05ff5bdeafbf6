import { currencyExponent, minorPerMajor, toMinorUnits } from '../../core/events/money.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { EpochMs, MinorUnits } from '../../core/units.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import type { EventAmount } from './read-amount.ts';
import { reject } from './reject.ts';

export interface ReportingAmount {
  readonly minor: MinorUnits;
  /** Version of the rate table used; null where the amount is in the reporting currency already. */
  readonly rateVersion: string | null;
}

/** The amount in the tenant's reporting currency, at the newest rate that was in force on the event's business day. */
export function convertAmount(
  amount: EventAmount,
  tenant: IngestTenant,
  occurredAt: EpochMs,
): Outcome<ReportingAmount> {
  if (amount.currency === tenant.currency) return { outcome: 'ok', value: { minor: amount.minor, rateVersion: null } };
  const day = tenant.calendar.isoDate(tenant.calendar.dayOf(occurredAt));
  const rate = tenant.rates
    .filter(({ currency, date }) => currency === amount.currency && date <= day)
    .reduce<IngestTenant['rates'][number] | null>(
      (newest, each) => (newest && newest.date > each.date ? newest : each),
      null,
    );
  const from = currencyExponent(amount.currency);
  const to = currencyExponent(tenant.currency);
  if (rate === null || from === null || to === null) {
    const detail = `there is no rate from ${amount.currency} to ${tenant.currency} for ${day} or before; add it to the tenant's rates`;
    return reject('ERR_CURRENCY_RATE_MISSING', detail);
  }
  const minor = toMinorUnits((amount.minor / minorPerMajor(from)) * rate.rate, to);
  if (minor === null) return reject('ERR_EVENT_AMOUNT', 'the amount is too large in the reporting currency; check it');
  return { outcome: 'ok', value: { minor, rateVersion: rate.version } };
}
