import type { Claim, ClaimResult, ClaimStore } from '../../core/ports/claim-store.ts';

/** What became of a claim: as the store says, or as an earlier claim of the same request decides. */
export interface ClaimedEvents {
  /** One per claim, in order. */
  readonly results: readonly ClaimResult[];
  /** Claims that are ours now: to be confirmed or given back. */
  readonly held: readonly Claim[];
}

/**
 * Claims the ids of one request. An id may stand in a request more than once: the first one is claimed, the others are
 * duplicates of it, or conflicts when they say something else.
 * When the store fails half-way, what was claimed before is given back.
 */
export async function claimEvents(claims: readonly Claim[], store: ClaimStore): Promise<ClaimedEvents> {
  const results: ClaimResult[] = new Array<ClaimResult>(claims.length);
  const held: Claim[] = [];
  /** The content under each id, as far as this request knows it. */
  const known = new Map<string, string>();
  let open = claims.map((_, index) => index);
  try {
    while (open.length > 0) {
      const leaders = firstOfEachId(open, claims);
      const answers = await store.claim(leaders.map((index) => claims[index]!));
      leaders.forEach((index, at) => {
        const claim = claims[index]!;
        results[index] = answers[at]!;
        if (answers[at] === 'claimed') held.push(claim);
        if (answers[at] !== 'conflict') known.set(claim.eventId, claim.contentHash);
      });
      const isLeader = new Set(leaders);
      open = open.filter((index) => !isLeader.has(index) && !follow(index, claims, known, results));
    }
  } catch (error) {
    await store.release(held).catch(() => undefined);
    throw error;
  }
  return { results, held };
}

function firstOfEachId(open: readonly number[], claims: readonly Claim[]): number[] {
  const seen = new Set<string>();
  return open.filter((index) => {
    const { eventId } = claims[index]!;
    if (seen.has(eventId)) return false;
    seen.add(eventId);
    return true;
  });
}

/** Decides a repeated id by its first one. False when the first one does not tell: the store must be asked. */
function follow(
  index: number,
  claims: readonly Claim[],
  known: ReadonlyMap<string, string>,
  results: ClaimResult[],
): boolean {
  const claim = claims[index]!;
  const content = known.get(claim.eventId);
  if (content === undefined) return false;
  results[index] = content === claim.contentHash ? 'duplicate' : 'conflict';
  return true;
}
