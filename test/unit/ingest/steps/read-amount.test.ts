import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../../services/core/events/event-types.ts';
import { readAmount } from '../../../../services/ingest/steps/read-amount.ts';
import { aPlannedEvent } from '../ingest-fixtures.ts';

const read = (properties: object, type: EventType = 'order.placed') =>
  readAmount(aPlannedEvent({ type, properties: { ...properties } }), 'GBP');

describe('readAmount', () => {
  it.each([
    ['a number', { revenue: 12.5 }, 1250, 'GBP', 'revenue'],
    ['a text', { revenue: '12.50' }, 1250, 'GBP', 'revenue'],
    ['a currency of its own', { total: 3, currency: ' eur ' }, 300, 'EUR', 'total'],
    ['a currency without minor units', { amount: 500, currency: 'JPY' }, 500, 'JPY', 'amount'],
    ['a currency with three digits', { value: 1.005, currency: 'KWD' }, 1005, 'KWD', 'value'],
    ['revenue before all others', { amount: 4, value: 3, total: 2, revenue: 1 }, 100, 'GBP', 'revenue'],
    ['total before value', { amount: 4, value: 3, total: 2 }, 200, 'GBP', 'total'],
    ['value before amount', { amount: 4, value: 3 }, 300, 'GBP', 'value'],
    ['the first that is not null', { revenue: null, total: 2 }, 200, 'GBP', 'total'],
    ['nothing spent', { revenue: 0 }, 0, 'GBP', 'revenue'],
    ['half a penny rounded away from zero', { revenue: 1.005 }, 101, 'GBP', 'revenue'],
  ])('reads %s', (_what, properties, ...[minor, currency, property]) => {
    expect(read(properties)).toEqual({ outcome: 'ok', value: { minor, currency } });
    expect(aPlannedEvent({ properties: { ...properties } }).amount?.path).toEqual([property]);
  });

  it.each([
    ['positive', 12.5],
    ['negative', -12.5],
  ])('writes a %s amount of a cancellation or return as negative', (_sign, revenue) => {
    for (const type of ['order.cancelled', 'order.returned'] as const) {
      expect(read({ revenue }, type)).toMatchObject({ value: { minor: -1250 } });
    }
  });

  it('has no minus zero', () => {
    expect(read({ revenue: 0 }, 'order.cancelled')).toEqual({
      outcome: 'ok',
      value: { minor: 0, currency: 'GBP' },
    });
  });

  it.each([
    ['infinity', JSON.parse('{"revenue":1e999}')],
    ['NaN as text', { revenue: 'NaN' }],
    ['infinity as text', { revenue: '-Infinity' }],
    ['NaN as JSON writes it', { revenue: null }],
    ['an absurd amount', { revenue: 1e13 }],
    ['an absurd amount as text', { revenue: '9'.repeat(60) }],
    ['a text that is no number', { revenue: '£12' }],
    ['thousands separators', { revenue: '1,200.00' }],
    ['an empty text', { revenue: '' }],
    ['true', { revenue: true }],
    ['a list', { revenue: [1] }],
    ['a negative order', { revenue: -1 }],
    ['an unknown currency', { revenue: 1, currency: 'XQZ' }],
    ['a currency that is no text', { revenue: 1, currency: 7 }],
    ['a prototype as currency', { revenue: 1, currency: '__proto__' }],
  ])('refuses %s', (_what, properties: object) => {
    expect(read(properties)).toMatchObject({ outcome: 'dead-letter', code: 'ERR_EVENT_AMOUNT' });
  });

  it('takes only revenue for money where the event is not about money', () => {
    expect(read({ value: 9, amount: 'many', total: {} }, 'survey.answered')).toEqual({ outcome: 'ok', value: null });
    expect(read({ revenue: 9 }, 'survey.answered')).toMatchObject({ value: { minor: 900 } });
    expect(read({ value: 9 }, 'payment.made')).toMatchObject({ value: { minor: 900 } });
  });

  it('finds no amount where there is none', () => {
    expect(read({ currency: 'XXX' })).toEqual({ outcome: 'ok', value: null });
    expect(read({ revenue: null }, 'custom')).toEqual({ outcome: 'ok', value: null });
  });
});
