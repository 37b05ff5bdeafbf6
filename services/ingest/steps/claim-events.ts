import type { Claim, ClaimResult, ClaimStore } from '../../core/ports/claim-store.ts';

export interface ClaimedEvents {
  /** One per claim, in order. */
  readonly results: readonly ClaimResult[];
  /** Claims that are ours now: to be confirmed or given back. */
  readonly held: readonly Claim[];
}

/**
 * Claims the ids of one request, in one call: of an id that stands in it more than once the store gives us the first,
 * and names the others duplicates, or conflicts when they say something else.
 */
export async function claimEvents(claims: readonly Claim[], store: ClaimStore): Promise<ClaimedEvents> {
  if (claims.length === 0) return { results: [], held: [] };
  const results = await store.claim(claims);
  return { results, held: claims.filter((_, index) => results[index] === 'claimed') };
}
