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
  return new MemoryClaimStore(clock, options);
}

class MemoryClaimStore implements ClaimStore {
  readonly #clock: Clock;
  readonly #claimTtlMs: DurationMs;
  readonly #doneTtlMs: DurationMs;
  readonly #entries = new Map<string, Entry>();
  readonly #owners = new WeakMap<Claim, number>();
  #calls = 0;

  constructor(clock: Clock, options: MemoryClaimStoreOptions) {
    this.#clock = clock;
    this.#claimTtlMs = options.claimTtlMs ?? defaultClaimTtlMs;
    this.#doneTtlMs = options.doneTtlMs ?? defaultDoneTtlMs;
  }

  claim(claims: readonly Claim[]): Promise<readonly ClaimResult[]> {
    const owner = this.#calls++;
    return Promise.resolve(claims.map((claim) => this.#claimOne(claim, owner)));
  }

  confirm(claims: readonly Claim[]): Promise<void> {
    const expiresAt = this.#clock.now() + this.#doneTtlMs;
    for (const claim of claims) {
      if (this.#held(claim)?.phase === 'done') continue;
      this.#entries.set(nameOf(claim), { phase: 'done', owner: -1, contentHash: claim.contentHash, expiresAt });
    }
    return Promise.resolve();
  }

  release(claims: readonly Claim[]): Promise<void> {
    for (const claim of claims) {
      const entry = this.#held(claim);
      const isOurs = entry?.phase === 'claimed' && entry.owner === this.#owners.get(claim);
      if (isOurs) this.#entries.delete(nameOf(claim));
    }
    return Promise.resolve();
  }

  #claimOne(claim: Claim, owner: number): ClaimResult {
    this.#owners.set(claim, owner);
    const entry = this.#held(claim);
    const { contentHash } = claim;
    if (entry === undefined) {
      const expiresAt = this.#clock.now() + this.#claimTtlMs;
      this.#entries.set(nameOf(claim), { phase: 'claimed', owner, contentHash, expiresAt });
      return 'claimed';
    }
    if (entry.contentHash !== contentHash) return 'conflict';
    return entry.phase === 'done' || entry.owner === owner ? 'duplicate' : 'pending';
  }

  #held(claim: Claim): Entry | undefined {
    const entry = this.#entries.get(nameOf(claim));
    return entry !== undefined && entry.expiresAt > this.#clock.now() ? entry : undefined;
  }
}

function nameOf({ tenant, source, eventId }: Claim): string {
  return JSON.stringify([tenant, source, eventId]);
}
