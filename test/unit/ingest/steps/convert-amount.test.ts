import { describe, expect, it } from 'vitest';
import { convertAmount } from '../../../../services/ingest/steps/convert-amount.ts';
import { aTenant } from '../ingest-fixtures.ts';

const convert = (minor: number, currency: string, day: string) =>
  convertAmount({ minor, currency }, aTenant(), Date.parse(day));

describe('convertAmount', () => {
  it.each([
    ['the same currency, without a rate', 1250, 'GBP', '2026-05-01T10:00:00Z', 1250, null],
    ['the newest rate of the day', 1000, 'EUR', '2026-05-01T10:00:00Z', 900, 'r2'],
    ['the rate in force before', 1000, 'EUR', '2026-04-30T10:00:00Z', 800, 'r1'],
    ['the business day, not the day in UTC', 1000, 'EUR', '2026-04-30T23:30:00Z', 900, 'r2'],
    ['another number of digits', 1000, 'JPY', '2026-05-01T10:00:00Z', 500, 'r2'],
    ['a negative amount, rounded away from zero', -1005, 'EUR', '2026-05-01T10:00:00Z', -905, 'r2'],
  ])('takes %s', (...[, minor, currency, day, ...expected]) => {
    const value = { minor: expected[0], rateVersion: expected[1] };
    expect(convert(minor, currency, day)).toEqual({ outcome: 'ok', value });
  });

  it.each([
    ['a currency without any rate', 'USD', '2026-05-01T10:00:00Z'],
    ['a day before the first rate', 'EUR', '2025-12-31T10:00:00Z'],
  ])('refuses %s and names both currencies', (_what, currency, day) => {
    const refused = convert(100, currency, day);
    expect(refused).toMatchObject({ outcome: 'dead-letter', code: 'ERR_CURRENCY_RATE_MISSING' });
    expect(JSON.stringify(refused)).toMatch(new RegExp(`${currency} to GBP`));
  });
});
