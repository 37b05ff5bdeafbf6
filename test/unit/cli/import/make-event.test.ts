import { describe, expect, it } from 'vitest';
import { parseFieldMap } from '../../../../cli/import/field-map.ts';
import type { ImportRequest } from '../../../../cli/import/import-request.ts';
import { makeEvent } from '../../../../cli/import/make-event.ts';

const request: ImportRequest = {
  file: 'orders.csv',
  format: 'csv',
  map: parseFieldMap('customer_id=Who,timestamp=When,amount=Sum,currency=Cur,orderId=No,traits.email=Mail'),
  type: 'order.placed',
  typeColumn: 'Type',
  timezone: 'Europe/London',
  currency: 'GBP',
  importId: 'spring',
};

function event(values: Record<string, unknown>, over: Partial<ImportRequest> = {}) {
  const row = { number: 7, values: { Who: 'c1', When: '2024-07-01 10:00:00', ...values }, fault: null };
  return makeEvent(row, { ...request, ...over });
}

describe('the event of a row', () => {
  it('has an id of import and row, so that the row sent again is the same event', () => {
    expect(event({})).toMatchObject({ eventId: 'spring:7' });
    const map = parseFieldMap('customer_id=Who,timestamp=When,event_id=No');
    expect(event({ No: 'A-1' }, { map })).toMatchObject({ eventId: 'A-1' });
    expect(event({ No: ' ' }, { map })).toBe('the row has no event id in its column');
  });

  it.each([
    ['12.50', 'order.placed', 1250],
    [-12.5, 'order.cancelled', -1250],
    ['-0.005', 'order.cancelled', -1],
    [0, 'order.placed', 0],
  ])('reads the amount %s as %s', (Sum, type, minor) => {
    expect(event({ Sum })).toMatchObject({ type, money: { minor, currency: 'GBP' } });
  });

  it('keeps the sign of what is no order, and takes the type of the row', () => {
    expect(event({ Sum: -3, Type: 'payment.made' })).toMatchObject({ type: 'payment.made', money: { minor: -300 } });
  });

  it('counts in the minor units of the currency of the row', () => {
    expect(event({ Sum: '500', Cur: 'jpy' })).toMatchObject({ money: { minor: 500, currency: 'JPY' } });
  });

  it.each([
    ['2024-07-01 10:00:00', '2024-07-01T09:00:00.000Z'],
    ['2024-01-01', '2024-01-01T00:00:00.000Z'],
    ['2024-07-01T10:00:00+02:00', '2024-07-01T10:00:00+02:00'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [86_400_000n, '1970-01-02T00:00:00.000Z'],
    ['1714550400000', '2024-05-01T08:00:00.000Z'],
    ['soon', 'soon'],
  ])('keeps the time %s', (When, time) => {
    expect(event({ When })).toMatchObject({ time });
  });

  it('refuses a row without a time: it would count as of today', () => {
    expect(event({ When: '' })).toMatch(/no time/);
  });

  it('refuses a row that lost letters: two customers would become one', () => {
    expect(event({ Who: 'M\uFFFDller' })).toMatch(/UTF-8/);
    expect(event({ Other: '\uFFFD' })).toMatchObject({ userId: 'c1' });
  });

  it('sends mapped columns only, empty cells not at all, and personal ones as traits', () => {
    expect(event({ No: 'A-1', Mail: 'a@example.org', Other: 'x', Sum: '' })).toMatchObject({
      properties: { orderId: 'A-1' },
      traits: { email: 'a@example.org' },
      money: null,
    });
  });
});

describe('a mapping', () => {
  it.each([
    ['customer_id', 'write field=Column'],
    ['customer_id=A,customer_id=B', 'twice'],
    ['timestamp=A', 'no column for customer_id'],
    ['customer_id=A', 'no column for timestamp'],
  ])('refuses "%s"', (text, why) => {
    expect(() => parseFieldMap(text)).toThrow(why);
  });
});
