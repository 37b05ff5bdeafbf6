import { currencyExponent } from '../../events/money.ts';
import type { Verdict } from '../clean-context.ts';

/** Signs that stand for one currency only: `$` and `¥` do not. */
const signs: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'], ['£', 'GBP'], ['₹', 'INR'], ['₩', 'KRW'], ['₽', 'RUB'], ['₺', 'TRY'], ['₴', 'UAH'], ['₫', 'VND'],
  ['₦', 'NGN'], ['₪', 'ILS'], ['US$', 'USD'], ['C$', 'CAD'], ['A$', 'AUD'], ['HK$', 'HKD'], ['RMB', 'CNY'], ['人民币', 'CNY'],
]); // prettier-ignore

/** A currency code of ISO 4217, from any case or from a sign that is not ambiguous. */
export function cleanCurrency(value: string | number): Verdict {
  if (typeof value === 'number' || value.length > 8) return { state: 'invalid' };
  const upper = value.toUpperCase();
  const code = signs.get(upper) ?? upper;
  return currencyExponent(code) === null ? { state: 'invalid' } : { state: 'right', value: code };
}
