import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, minorPerMajor, toMinorUnits } from '../../../../services/core/events/money.ts';
import { runs } from '../../../support/property-runs.ts';

describe('a currency', () => {
  it.each([
    ['GBP', 2],
    ['CNY', 2],
    ['RSD', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
  ])('%s has %d decimal digits, as in ISO 4217', (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
    expect(minorPerMajor(exponent)).toBe(Number(`1e${exponent}`));
  });

  it.each(['ZZQ', 'gbp', '', 'POUND', '$'])('"%s" is unknown', (currency) => {
    expect(currencyExponent(currency)).toBeNull();
  });
});

describe('a decimal amount', () => {
  it.each<[number | string, number, number]>([
    [1.005, 2, 101],
    [19.99, 2, 1999],
    [0.1 + 0.2, 2, 30],
    [-1.005, 2, -101],
    [77183.6, 2, 7_718_360],
    [1e21 / 1e10, 2, 10_000_000_000_000],
    [5e-7, 2, 0],
    [1e3, 0, 1000],
    ['1e3', 2, 100_000],
    ['1.5E-1', 2, 15],
    [' 12.30 ', 2, 1230],
    ['+.5', 2, 50],
    ['5.', 2, 500],
    ['0.005', 2, 1],
    ['-0.005', 2, -1],
    ['0.0049999999999999999999', 2, 0],
    ['000123.4500', 3, 123_450],
    ['2.5', 0, 3],
    ['-2.5', 0, -3],
    ['0', 2, 0],
    ['-0.00', 2, 0],
    ['0e999999', 2, 0],
    ['1e-999999', 2, 0],
    ['0.00012345', 2, 0],
    ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
  ])('%s with %d decimal digits is %d minor units', (amount, exponent, minor) => {
    expect(toMinorUnits(amount, exponent)).toBe(minor);
  });

  it.each([
    Number.NaN, Infinity, -Infinity, 1e300, 90_071_992_547_409.92, '', ' ', '.', '-', 'e3', 'NaN', 'Infinity', '1,000',
    '1 000', '£5', '0x10', '1e', '1e999999', '90071992547409.92', '9007199254740991.5', '1_000', '١٢',
  ])('%s is refused', (amount) => {
    expect(toMinorUnits(amount, 2)).toBeNull();
  }); // prettier-ignore

  it('of whole minor units comes back exactly, written as a number or as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat({ max: 4 }), (minor, exponent) => {
        const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
        const cut = digits.length - exponent;
        const text = `${minor < 0 ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
        expect(toMinorUnits(text, exponent)).toBe(minor);
        expect(toMinorUnits(Number(text), exponent)).toBe(minor);
      }),
      { numRuns: runs(500) },
    );
  });
});
