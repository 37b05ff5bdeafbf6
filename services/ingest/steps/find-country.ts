import { fieldKind } from '../../core/quality/field-kind.ts';
import { cleanCountry } from '../../core/quality/rules/clean-country.ts';
import { cleanText } from '../../core/quality/rules/clean-text.ts';
import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';

/** The first country that an event names, at the top or one level below (`address.country`); null where it names none. */
export function findCountry(...places: readonly JsonObject[]): string | null {
  for (const values of places) {
    const country = countryIn(values) ?? Object.values(values).filter(isJsonObject).map(countryIn).find(isThere);
    if (isThere(country)) return country;
  }
  return null;
}

function countryIn(values: JsonObject): string | null {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || fieldKind(name) !== 'country') continue;
    const verdict = cleanCountry(cleanText(value));
    if (verdict.state === 'right') return String(verdict.value);
  }
  return null;
}

function isThere(country: string | null | undefined): country is string {
  return typeof country === 'string';
}
