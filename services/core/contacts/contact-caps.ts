import type { DurationMs, EpochMs } from '../units.ts';

/** What a contact is for. Service answers what the customer asked; nothing caps it. */
export type ContactPurpose = 'marketing' | 'care' | 'service';

/** One contact that was made or is on its way. */
export interface Contact {
  readonly at: EpochMs;
  readonly channel: string;
  readonly purpose: ContactPurpose;
}

/** At most `most` contacts within any stretch of `withinMs`. */
export interface ContactCap {
  readonly purposes: ReadonlySet<ContactPurpose>;
  /** Null for all channels together. */
  readonly channel: string | null;
  readonly most: number;
  readonly withinMs: DurationMs;
}

/**
 * The first instant at or after `contact.at` at which it may be made without breaking a cap, given what was made before;
 * `history` in any order. A cap of none gives Infinity.
 */
export function capAllows(contact: Contact, history: readonly Contact[], caps: readonly ContactCap[]): EpochMs {
  let at = contact.at;
  for (let moved = true; moved;) {
    moved = false;
    for (const cap of caps) {
      const next = allowedBy(cap, { ...contact, at }, history);
      if (next > at) [at, moved] = [next, next !== Infinity];
    }
  }
  return at;
}

function allowedBy(cap: ContactCap, contact: Contact, history: readonly Contact[]): EpochMs {
  if (!concerns(cap, contact)) return contact.at;
  if (cap.most <= 0) return Infinity;
  const times = history
    .filter((each) => concerns(cap, each) && each.at > contact.at - cap.withinMs)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  if (times.length < cap.most) return contact.at;
  return (times[times.length - cap.most] ?? contact.at) + cap.withinMs;
}

function concerns(cap: ContactCap, { channel, purpose }: Contact): boolean {
  return cap.purposes.has(purpose) && (cap.channel === null || cap.channel === channel);
}
