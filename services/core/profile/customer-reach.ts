import { normaliseName } from '../plan/normalise-name.ts';
import { fieldKind } from '../quality/field-kind.ts';
import { compareEntries } from './compare-entries.ts';
import type { Profile, ProfileEntry } from './profile-entry.ts';
import { showProfile } from './show-profile.ts';

/** How a customer can be reached, as the last word of each source has it; null for what nobody said. */
export interface CustomerReach {
  readonly email: string | null;
  readonly phone: string | null;
  /** As it was said: `zh-Hans-CN`, `en_GB`. */
  readonly language: string | null;
  /** IANA name. */
  readonly timezone: string | null;
}

export const unknownReach: CustomerReach = { email: null, phone: null, language: null, timezone: null };

const languageNames: ReadonlySet<string> = new Set(
  ['language', 'preferredLanguage', 'locale', 'lang', '语言'].map(normaliseName),
);

/**
 * Reads from a profile how its customer can be reached.
 * @param open opens a sealed entry; null where it says nothing, undefined where it cannot be read
 */
export function customerReach(
  profile: Profile,
  open: (entry: ProfileEntry) => string | null | undefined,
): CustomerReach {
  const found: { -readonly [K in keyof CustomerReach]: CustomerReach[K] } = { ...unknownReach };
  // Several names can mean one thing; the one said last counts.
  const latest = showProfile(profile).toSorted((a, b) => compareEntries(b.now, a.now));
  for (const { name, now } of latest) {
    const field = fieldOf(name);
    if (field === null || found[field] !== null) continue;
    const text = (open(now) ?? '').trim();
    if (text !== '') found[field] = text;
  }
  return found;
}

function fieldOf(name: string): keyof CustomerReach | null {
  const kind = fieldKind(name);
  if (kind === 'email' || kind === 'phone' || kind === 'timezone') return kind;
  return languageNames.has(normaliseName(name)) ? 'language' : null;
}
