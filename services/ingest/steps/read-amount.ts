import { currencyExponent, toMinorUnits } from '../../core/events/money.ts';
import { takesMoneyBack } from '../../core/events/takes-money-back.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { FoundProperty } from '../../core/plan/find-properties.ts';
import type { MinorUnits } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { reject } from './reject.ts';

export interface EventAmount {
  /** Signed: an order is positive, a cancellation or return negative. */
  readonly minor: MinorUnits;
  readonly currency: string;
}

/**
 * The money of an event, null where it has none.
 * @param fallbackCurrency of amounts that name no currency
 */
export function readAmount(
  event: Pick<PlannedEvent, 'type' | 'amount' | 'currency'>,
  fallbackCurrency: string,
): Outcome<EventAmount | null> {
  const { type, amount } = event;
  if (amount === null) return { outcome: 'ok', value: null };
  if (amount.value === null || amount.value === undefined) {
    // JSON.stringify writes NaN and Infinity as null: an order without value would hide the sender's mistake.
    if (type.startsWith('order.')) return badAmount(amount, 'is null, as JSON writes NaN and Infinity');
    return { outcome: 'ok', value: null };
  }
  const currency = readCurrency(event.currency?.value, fallbackCurrency);
  const exponent = currency === null ? null : currencyExponent(currency);
  if (currency === null || exponent === null) {
    return reject('ERR_EVENT_AMOUNT', 'properties.currency is not a currency code of ISO 4217; send one such as GBP');
  }
  const minor = readMinorUnits(amount.value, exponent);
  if (minor === null || Math.abs(minor) > ingestLimits.amountMinor) return badAmount(amount, 'is no usable amount');
  if (takesMoneyBack(type)) return { outcome: 'ok', value: { minor: -Math.abs(minor) || 0, currency } };
  if (type === 'order.placed' && minor < 0) return badAmount(amount, 'of an order is negative');
  return { outcome: 'ok', value: { minor, currency } };
}

function readMinorUnits(value: unknown, exponent: number): MinorUnits | null {
  if (typeof value === 'number') return Number.isFinite(value) ? toMinorUnits(value, exponent) : null;
  return typeof value === 'string' && value.length <= 64 ? toMinorUnits(value, exponent) : null;
}

function readCurrency(value: unknown, fallback: string): string | null {
  if (value === undefined || value === null) return fallback;
  return typeof value === 'string' ? value.trim().toUpperCase() : null;
}

/** The path may be shown: its keys are spellings that stand in the plan. */
function badAmount({ path }: FoundProperty, what: string) {
  const advice = 'send a finite number of major units such as 12.50, and cancellations as events of their own';
  return reject('ERR_EVENT_AMOUNT', `properties.${path.join('.')} ${what}; ${advice}`);
}
