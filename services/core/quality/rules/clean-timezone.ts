import type { Verdict } from '../clean-context.ts';

const spellings: ReadonlyMap<string, string> = new Map(
  ['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => [name.toLowerCase(), name]),
);
const ianaName = /^[a-z][a-z0-9]*(?:[/_+-][a-z0-9]+)*$/i;
const room = 1000;
const known = new Map<string, boolean>();

/** A time zone of the IANA database, in its spelling. Names that were replaced (`Asia/Calcutta`) are left as they are. */
export function cleanTimezone(value: string | number): Verdict {
  if (typeof value === 'number' || value.length > 64) return { state: 'invalid' };
  const name = value.replace(/\s+/g, '_');
  const spelling = spellings.get(name.toLowerCase());
  if (spelling !== undefined) return { state: 'right', value: spelling };
  return ianaName.test(name) && isKnown(name) ? { state: 'right', value: name } : { state: 'invalid' };
}

/** Asking the zone tables costs much; names repeat. */
function isKnown(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    answer = ask(name);
    if (known.size === room) known.clear();
    known.set(name, answer);
  }
  return answer;
}

function ask(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
