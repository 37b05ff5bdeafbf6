import { randomBytes } from 'node:crypto';
import type { Claim, ClaimResult, ClaimStore } from '../../core/ports/claim-store.ts';
import type { DurationMs } from '../../core/units.ts';
import { createClaimKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runScript } from './run-pipeline.ts';

export interface RedisClaimStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** How long a claim that is neither confirmed nor released stands; longer than any produce takes. */
  readonly claimTtlMs?: DurationMs;
  /** How long a confirmed id is remembered. */
  readonly doneTtlMs?: DurationMs;
}

const defaultClaimTtlMs = 60_000;
const defaultDoneTtlMs = 24 * 60 * 60 * 1000;
const results: readonly ClaimResult[] = ['claimed', 'duplicate', 'conflict', 'pending'];

/**
 * Accepted event ids in Redis, one key each. A claim is void after `claimTtlMs`, so an id whose claimer died is taken
 * by the next attempt. `confirm` and `release` want the very objects that were claimed: by them it is known which call
 * holds the claim.
 */
export function createRedisClaimStore(options: RedisClaimStoreOptions): ClaimStore {
  const { claimTtlMs = defaultClaimTtlMs, doneTtlMs = defaultDoneTtlMs } = options;
  const { client } = options.redis;
  const keyOf = createClaimKeys(options.keyPrefix);
  const scripts = { claim: loadScript('claim'), confirm: loadScript('confirm'), release: loadScript('release') };
  const owners = new WeakMap<Claim, string>();
  const instance = randomBytes(8).toString('hex');
  let calls = 0;
  return {
    async claim(claims) {
      const owner = `${instance}.${(calls++).toString(36)}`;
      for (const claim of claims) owners.set(claim, owner);
      const replies = await runScript(
        client,
        scripts.claim,
        claims.map((claim) => ({ keys: [keyOf(claim)], args: [owner, claim.contentHash, claimTtlMs] })),
      );
      return replies.map((reply) => results[reply as number]);
    },
    async confirm(claims) {
      const toCall = (claim: Claim) => ({ keys: [keyOf(claim)], args: [claim.contentHash, doneTtlMs] });
      await runScript(client, scripts.confirm, claims.map(toCall));
    },
    async release(claims) {
      const toCall = (claim: Claim) => ({ keys: [keyOf(claim)], args: [owners.get(claim) ?? ''] });
      await runScript(client, scripts.release, claims.map(toCall));
    },
  };
}
