/** One event id to claim, with the hash of what the client sent under it. */
export interface Claim {
  readonly tenant: string;
  readonly source: string;
  readonly eventId: string;
  /** One word. */
  readonly contentHash: string;
}

/**
 * - `claimed`: ours now; produce, then `confirm` (or `release` when producing failed)
 * - `duplicate`: accepted before with the same content
 * - `conflict`: accepted or claimed before with other content
 * - `pending`: another request is producing it right now; ask the client to try again
 */
export type ClaimResult = 'claimed' | 'duplicate' | 'conflict' | 'pending';

/** Two-phase memory of accepted event ids, so that a crash between claim and produce loses nothing. */
export interface ClaimStore {
  claim(claims: readonly Claim[]): Promise<readonly ClaimResult[]>;
  /** Marks claimed ids as produced; they are duplicates from now on, for the configured time. */
  confirm(claims: readonly Claim[]): Promise<void>;
  /** Gives claimed ids back after a failed produce. */
  release(claims: readonly Claim[]): Promise<void>;
}
