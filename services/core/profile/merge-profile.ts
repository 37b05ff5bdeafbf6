import { compareEntries } from './compare-entries.ts';
import { mostProfileEntries } from './profile-entry.ts';
import type { Profile, ProfileEntry } from './profile-entry.ts';

/**
 * Brings what events said into a profile. Per field, source and import the largest entry stays (`compareEntries`), and of
 * all of these the `mostProfileEntries` largest. That is commutative, associative and idempotent: any order, any
 * repetition and any two writers side by side end in the same profile.
 * @returns the profile itself when nothing of it changes
 */
export function mergeProfile(profile: Profile, said: readonly ProfileEntry[]): Profile {
  const slots = new Map(profile.map((entry) => [slotOf(entry), entry]));
  let isChanged = false;
  for (const entry of said) {
    const slot = slotOf(entry);
    const held = slots.get(slot);
    if (held !== undefined && compareEntries(entry, held) <= 0) continue;
    slots.set(slot, entry);
    isChanged = true;
  }
  if (!isChanged) return profile;
  const entries = [...slots.values()];
  if (entries.length <= mostProfileEntries) return entries;
  const kept = entries.sort((a, b) => compareEntries(b, a)).slice(0, mostProfileEntries);
  const before = new Set(profile);
  return kept.every((entry) => before.has(entry)) ? profile : kept;
}

function slotOf({ name, origin }: ProfileEntry): string {
  return JSON.stringify([name, origin.source, origin.importId]);
}
