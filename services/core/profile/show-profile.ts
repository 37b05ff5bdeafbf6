import { compareEntries } from './compare-entries.ts';
import type { Profile, ProfileEntry } from './profile-entry.ts';

/** A field as it stands, and what others said of it before; each word is from another source or import. */
export interface ShownField {
  readonly name: string;
  readonly now: ProfileEntry;
  /** The latest first. */
  readonly others: readonly ProfileEntry[];
}

/** The fields of a profile by name, each with the last word first. What was taken back is not shown. */
export function showProfile(profile: Profile): readonly ShownField[] {
  const byName = new Map<string, ProfileEntry[]>();
  for (const entry of profile) {
    if (entry.value.kind === 'retracted') continue;
    const entries = byName.get(entry.name);
    if (entries === undefined) byName.set(entry.name, [entry]);
    else entries.push(entry);
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entries]) => {
      const [now, ...others] = entries.sort((a, b) => compareEntries(b, a));
      return { name, now, others };
    });
}
