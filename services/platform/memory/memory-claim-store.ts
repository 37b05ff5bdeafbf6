import type { Claim, ClaimResult, ClaimStore } from '../../core/ports/claim-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';

export interface MemoryClaimStoreOptions {
  readonly claimTtlMs?: DurationMs;
  readonly doneTtlMs?: DurationMs;
}

interface Entry {
  readonly phase: 'claimed' | 'done';
  readonly owner: number;
  readonly contentHash: string;
  readonly expiresAt: EpochMs;
}

const defaultClaimTtlMs = 60_000;
const defaultDoneTtlMs = 24 * 60 * 60 * 1000;

/** Accepted event ids in this process: the twin of the Redis store. */
export function createMemoryClaimStore(clock: Clock, options: MemoryClaimStoreOptions = {}): ClaimStore {
  const { claimTtlMs = defaultClaimTtlMs, doneTtlMs = defaultDoneTtlMs } = options;
  const entries = new Map<string, Entry>();
  const owners = new WeakMap<Claim, number>();
  let calls = 0;

  function held(claim: Claim): Entry | undefined {
    const entry = entries.get(nameOf(claim));
    return entry !== undefined && entry.expiresAt > clock.now() ? entry : undefined;
  }

  function claimOne(claim: Claim, owner: number): ClaimResult {
    owners.set(claim, owner);
    const entry = held(claim);
    const { contentHash } = claim;
    if (entry === undefined) {
      entries.set(nameOf(claim), { phase: 'claimed', owner, contentHash, expiresAt: clock.now() + claimTtlMs });
      return 'claimed';
    }
    if (entry.contentHash !== contentHash) return 'conflict';
    return entry.phase === 'done' || entry.owner === owner ? 'duplicate' : 'pending';
  }

  return {
    claim(claims) {
      const owner = calls++;
      return Promise.resolve(claims.map((claim) => claimOne(claim, owner)));
    },
    confirm(claims) {
      for (const claim of claims) {
        if (held(claim)?.phase === 'done') continue;
        const { contentHash } = claim;
        entries.set(nameOf(claim), { phase: 'done', owner: -1, contentHash, expiresAt: clock.now() + doneTtlMs });
      }
      return Promise.resolve();
    },
    release(claims) {
      for (const claim of claims) {
        const entry = held(claim);
        if (entry?.phase === 'claimed' && entry.owner === owners.get(claim)) entries.delete(nameOf(claim));
      }
      return Promise.resolve();
    },
  };
}

function nameOf({ tenant, source, eventId }: Claim): string {
  return JSON.stringify([tenant, source, eventId]);
}
