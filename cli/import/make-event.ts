import { currencyExponent, toMinorUnits } from '../../services/core/events/money.ts';
import { takesMoneyBack } from '../../services/core/events/takes-money-back.ts';
import type { MinorUnits } from '../../services/core/units.ts';
import { mappedColumns } from './field-map.ts';
import type { ImportRequest } from './import-request.ts';
import { readEventTime } from './read-event-time.ts';
import type { Row } from './rows/row.ts';

/** A row as the event it is sent as. */
export interface ImportEvent {
  readonly eventId: string;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly type: string;
  /** ISO 8601, or whatever stood there. */
  readonly time: string;
  readonly channel: string | null;
  /** Major units as they are sent, without the sign of a cancellation; null where the row has none. */
  readonly amount: unknown;
  /** Of the amount, ISO 4217 or whatever stood there. */
  readonly currency: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly traits: Readonly<Record<string, unknown>>;
  /** What the amount must have become; null without a usable amount. */
  readonly money: { readonly minor: MinorUnits; readonly currency: string } | null;
}

/**
 * The event of a row, or why it is none. Its id depends on the import and the row alone, or is the business's own, so
 * that a row that is sent again is the same event. An order with a negative amount is a cancellation.
 */
export function makeEvent(row: Row, request: ImportRequest): ImportEvent | string {
  const { values } = row;
  if (values === null) return row.fault ?? 'the row cannot be read';
  const lossy = mappedColumns(request.map).find((column) => isLossy(values[column]));
  if (lossy !== undefined) return `the column "${lossy}" lost letters when it was read; save the file as UTF-8`;
  const { fields, properties, traits } = request.map;
  const at = (column: string | undefined): unknown => (column === undefined ? null : plain(values[column]));
  const time = readEventTime(fields.timestamp === undefined ? null : values[fields.timestamp], request.timezone);
  if (time === null) return 'the row has no time; history without a time would count as of today';
  const eventId = fields.event_id === undefined ? `${request.importId}:${row.number}` : textOf(at(fields.event_id));
  if (eventId === null) return 'the row has no event id in its column';
  const amount = at(fields.amount);
  const currency = (textOf(at(fields.currency)) ?? request.currency).trim().toUpperCase();
  const type = typeOf(textOf(at(request.typeColumn ?? undefined)) ?? request.type, amount);
  return {
    eventId,
    userId: textOf(at(fields.customer_id)),
    anonymousId: textOf(at(fields.anonymous_id)),
    type,
    time,
    channel: textOf(at(fields.channel)),
    amount: amount === null ? null : unsigned(amount, type),
    currency,
    properties: pick(properties, at),
    traits: pick(traits, at),
    money: readMoney(amount, currency, type),
  };
}

function typeOf(type: string, amount: unknown): string {
  return type === 'order.placed' && Number(amount) < 0 ? 'order.cancelled' : type;
}

/** Cancellations carry their sign in their type. */
function unsigned(amount: unknown, type: string): unknown {
  return takesMoneyBack(type) ? (textOf(amount)?.trim().replace(/^-/, '') ?? amount) : amount;
}

function readMoney(amount: unknown, currency: string, type: string): ImportEvent['money'] {
  const exponent = currencyExponent(currency);
  if (exponent === null || (typeof amount !== 'number' && typeof amount !== 'string')) return null;
  const minor = toMinorUnits(amount, exponent);
  if (minor === null) return null;
  return { minor: takesMoneyBack(type) ? -Math.abs(minor) || 0 : minor, currency };
}

function pick(columns: ReadonlyMap<string, string>, at: (column: string) => unknown): Record<string, unknown> {
  const entries = [...columns].map(([name, column]) => [name, at(column)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** A cell as JSON has it; null for an empty one. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Date ? value.toISOString() : value;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Bytes that are no UTF-8 all become this one character: two customers would become one. */
function isLossy(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\uFFFD');
}
