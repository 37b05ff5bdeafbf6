import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import de from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import es from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import fr from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import it from 'i18n-iso-countries/langs/it.json' with { type: 'json' };
import ja from 'i18n-iso-countries/langs/ja.json' with { type: 'json' };
import nl from 'i18n-iso-countries/langs/nl.json' with { type: 'json' };
import pt from 'i18n-iso-countries/langs/pt.json' with { type: 'json' };
import zh from 'i18n-iso-countries/langs/zh.json' with { type: 'json' };
import { normaliseName } from '../../plan/normalise-name.ts';
import type { Verdict } from '../clean-context.ts';

const longest = 64;
const byWord = learnCountries();

/** ISO 3166-1 alpha-2, from alpha-2, alpha-3, the number, or the name in one of nine languages. */
export function cleanCountry(value: string | number): Verdict {
  const text = typeof value === 'number' ? String(value).padStart(3, '0') : value;
  const code = text.length > longest ? undefined : byWord.get(normaliseName(text));
  return code === undefined || code === null ? { state: 'invalid' } : { state: 'right', value: code };
}

/** Codes first; a name that two countries have in two languages is nobody's. */
function learnCountries(): ReadonlyMap<string, string | null> {
  const words = new Map<string, string>();
  for (const entry of codes) for (const word of entry.slice(0, 3)) words.set(normaliseName(word), entry[0]);
  const names = new Map<string, string | null>();
  for (const { countries } of [en, zh, de, fr, es, it, nl, pt, ja]) {
    for (const [code, list] of Object.entries(countries as Record<string, string | string[]>)) {
      for (const name of [list].flat()) {
        const word = normaliseName(name);
        names.set(word, (names.get(word) ?? code) === code && names.get(word) !== null ? code : null);
      }
    }
  }
  return new Map<string, string | null>([...names, ...words]);
}
