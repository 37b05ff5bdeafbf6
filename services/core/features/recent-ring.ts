import type { Digest } from '../ports/digest.ts';

/** Duplicates of an event are recognised while at most this many events of the same customer lie between the two. */
export const recentRingSize = 64;

/**
 * 52 bits of SHA-256 over source and event id, an exact integer. The source's length goes first, so that no other
 * split of the same text gives the same hash.
 */
export function recentHash(digest: Digest, source: string, eventId: string): number {
  return Number.parseInt(digest.sha256Hex(`${source.length}:${source}:${eventId}`).slice(0, 13), 16);
}

/** Whether the hash is among the remembered ones. */
export function hasRecent(ring: readonly number[], hash: number): boolean {
  return ring.includes(hash);
}

/** Remembers a hash, in place; the oldest one goes when the ring is full. */
export function pushRecent(ring: number[], hash: number): void {
  if (ring.length >= recentRingSize) ring.shift();
  ring.push(hash);
}

/** The hash that was remembered last, of a ring that is not empty. */
export function newestRecent(ring: readonly number[]): number {
  return ring[ring.length - 1];
}
