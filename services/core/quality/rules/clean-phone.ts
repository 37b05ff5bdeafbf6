import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { CleanContext, Verdict } from '../clean-context.ts';

const longest = 40;
const prefixed = /^[+＋]/;

/** A telephone number in E.164. Without a country code it needs the country of its sender. */
export function cleanPhone(value: string | number, context: CleanContext): Verdict {
  const text = String(value).replace(/^(?:tel:\s*)+/i, '');
  if (text.length > longest) return { state: 'invalid' };
  const number = read(text, prefixed.test(text) ? null : context.country());
  return number === null ? { state: 'invalid' } : { state: 'right', value: number };
}

function read(text: string, country: string | null): string | null {
  const international = text.replace(/^00/, '+');
  return parse(text, country) ?? (international === text ? null : parse(international, null));
}

function parse(text: string, country: string | null): string | null {
  const options = country === null ? {} : { defaultCountry: country as CountryCode };
  const number = parsePhoneNumberFromString(text, { ...options, extract: false });
  return number?.isValid() === true ? number.number : null;
}
