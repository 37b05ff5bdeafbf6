import type { EpochMs } from '../units.ts';

/** The event that said something about a customer; the entries of one event share it. */
export interface ProfileOrigin {
  readonly source: string;
  /** The import that the event belongs to; null for a live one. */
  readonly importId: string | null;
  readonly channel: string;
  readonly eventId: string;
  readonly occurredAt: EpochMs;
  readonly receivedAt: EpochMs;
  /** Key under which the sealed values of the event are; null where it has none. */
  readonly keyId: string | null;
}

/**
 * What an event said of a field: sealed bytes as they stand in its record, or a plain attribute. `large` stands for a
 * sealed value beyond `mostValueBytes`, of which only the origin is kept; `retracted` for one that was taken back.
 */
export type ProfileValue =
  | { readonly kind: 'sealed'; readonly bytes: Buffer }
  | { readonly kind: 'clear'; readonly value: string | number | boolean | null }
  | { readonly kind: 'large' }
  | { readonly kind: 'retracted' };

/** One field of a profile as one event said it. */
export interface ProfileEntry {
  readonly name: string;
  readonly origin: ProfileOrigin;
  readonly value: ProfileValue;
}

/** A profile: per field, source and import the newest entry, in no particular order. */
export type Profile = readonly ProfileEntry[];

/** Sealed values beyond this are not kept. */
export const mostValueBytes = 1024;

/** Entries of one profile; the oldest make room. */
export const mostProfileEntries = 128;
