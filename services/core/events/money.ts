import type { MinorUnits } from '../units.ts';

/**
 * ISO 4217 currencies whose minor unit is not a hundredth. Written out, because stored amounts depend on it, and the
 * display digits that a runtime knows differ from the standard and between its versions.
 */
const exponents: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF',
    'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
]); // prettier-ignore

const knownCurrencies: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), ...exponents.keys()]);

/** Decimal digits of the currency's minor unit (GBP 2, JPY 0, KWD 3); null for a code (upper case) that is none. */
export function currencyExponent(currency: string): number | null {
  if (!knownCurrencies.has(currency)) return null;
  return exponents.get(currency) ?? 2;
}

/** Minor units in one major unit: 10 to the exponent. */
export function minorPerMajor(exponent: number): number {
  return 10 ** exponent;
}

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * A decimal amount in whole minor units, computed on its digits, so that 1.005 is not 1.00499. A number stands for its
 * shortest decimal spelling. Digits beyond the minor unit are rounded half away from zero. Null for what is no finite
 * decimal (empty, NaN, thousands separators …) and for results that are no safe integer.
 * @param exponent decimal digits of the minor unit
 */
export function toMinorUnits(amount: number | string, exponent: number): MinorUnits | null {
  const text = typeof amount === 'number' ? String(amount) : amount.trim();
  const plain = plainUnits(text, exponent);
  if (plain !== null) return plain;
  const match = decimalPattern.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const leading = (whole + fraction).search(/[1-9]/);
  if (leading < 0) return 0;
  const digits = (whole + fraction).slice(leading);
  const kept = whole.length - leading + Number(power) + exponent;
  if (kept > 16) return null;
  if (kept < 0) return 0;
  const units = Number(digits.slice(0, kept).padEnd(kept, '0')) + (digits.charAt(kept) >= '5' ? 1 : 0);
  if (!Number.isSafeInteger(units)) return null;
  return sign === '-' && units !== 0 ? -units : units;
}

/** So many digits are a safe integer. */
const safeDigits = 15;
const point = 0x2e;

/** `12`, `12.5`, `12.50`: digits with no more behind the point than the minor unit has; null for all other texts. */
function plainUnits(text: string, exponent: number): MinorUnits | null {
  let units = 0;
  let decimals = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === point && decimals < 0) decimals = 0;
    else if (code >= 0x30 && code <= 0x39) {
      units = units * 10 + code - 0x30;
      if (decimals >= 0) decimals += 1;
    } else return null;
  }
  const isWhole = text.length - (decimals < 0 ? 0 : 1) > 0;
  if (!isWhole || decimals > exponent || text.length + exponent > safeDigits) return null;
  return units * 10 ** (exponent - Math.max(0, decimals));
}
