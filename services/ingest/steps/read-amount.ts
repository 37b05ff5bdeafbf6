import { currencyExponent, toMinorUnits } from '../../core/events/money.ts';
import type { EventType } from '../../core/events/event-types.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { MinorUnits } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { JsonObject } from '../json-object.ts';
import { reject } from './reject.ts';

export interface EventAmount {
  /** Signed: an order is positive, a cancellation or return negative. */
  readonly minor: MinorUnits;
  readonly currency: string;
  /** Property the amount was read from. */
  readonly property: string;
}

/** Where an amount may stand, the first one that is not null counts. `revenue` always means money. */
const amountProperties = ['revenue', 'total', 'value', 'amount'] as const;

const negativeTypes: ReadonlySet<EventType> = new Set(['order.cancelled', 'order.returned']);
const moneyTypes = /^(?:order|payment|service|contract)\.|^(?:opportunity\.moved|cart\.updated|coupon\.redeemed)$/;

/**
 * The money of an event, null where it has none.
 * @param fallbackCurrency of amounts that name no currency
 */
export function readAmount(
  type: EventType,
  properties: JsonObject,
  fallbackCurrency: string,
): Outcome<EventAmount | null> {
  const names = moneyTypes.test(type) ? amountProperties : amountProperties.slice(0, 1);
  const property = names.find((name) => properties[name] !== undefined && properties[name] !== null);
  if (property === undefined) {
    const nulled = type.startsWith('order.') ? names.find((name) => properties[name] === null) : undefined;
    // JSON.stringify writes NaN and Infinity as null: an order without value would hide the sender's mistake.
    if (nulled !== undefined) return badAmount(nulled, 'is null, as JSON writes NaN and Infinity');
    return { outcome: 'ok', value: null };
  }
  const currency = readCurrency(properties['currency'], fallbackCurrency);
  const exponent = currency === null ? null : currencyExponent(currency);
  if (currency === null || exponent === null) {
    return reject('ERR_EVENT_AMOUNT', 'properties.currency is not a currency code of ISO 4217; send one such as GBP');
  }
  const minor = readMinorUnits(properties[property], exponent);
  if (minor === null || Math.abs(minor) > ingestLimits.amountMinor) return badAmount(property, 'is no usable amount');
  if (negativeTypes.has(type)) return { outcome: 'ok', value: { minor: -Math.abs(minor) || 0, currency, property } };
  if (type === 'order.placed' && minor < 0) return badAmount(property, 'of an order is negative');
  return { outcome: 'ok', value: { minor, currency, property } };
}

function readMinorUnits(value: unknown, exponent: number): MinorUnits | null {
  if (typeof value === 'number') return Number.isFinite(value) ? toMinorUnits(value, exponent) : null;
  return typeof value === 'string' && value.length <= 64 ? toMinorUnits(value, exponent) : null;
}

function readCurrency(value: unknown, fallback: string): string | null {
  if (value === undefined || value === null) return fallback;
  return typeof value === 'string' ? value.trim().toUpperCase() : null;
}

function badAmount(property: string, what: string) {
  const advice = 'send a finite number of major units such as 12.50, and cancellations as events of their own';
  return reject('ERR_EVENT_AMOUNT', `properties.${property} ${what}; ${advice}`);
}
