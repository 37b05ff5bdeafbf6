import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Claim, ClaimResult, ClaimStore } from '../../core/ports/claim-store.ts';
import type { DurationMs } from '../../core/units.ts';
import { createClaimKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runScript, type ScriptCall } from './run-pipeline.ts';

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
  const run = createScripts(client, claimTtlMs, doneTtlMs);
  const held = new WeakMap<Claim, HeldClaim>();
  const toHeld = (claim: Claim): HeldClaim =>
    held.get(claim) ?? { key: keyOf(claim), owner: nobody, contentHash: claim.contentHash };
  const instance = randomBytes(8).toString('hex');
  let calls = 0;
  return {
    async claim(claims) {
      const owner = `${instance}.${(calls++).toString(36)}`;
      const ours = claims.map((claim) => ({ key: keyOf(claim), owner, contentHash: claim.contentHash }));
      claims.forEach((claim, index) => held.set(claim, ours[index]));
      return (await run.claim(ours)).map((reply) => results[reply as number]);
    },
    confirm: async (claims) => void (await run.confirm(claims.map(toHeld))),
    release: async (claims) => void (await run.release(claims.map(toHeld))),
  };
}

/** Owner of what no call of this process claimed. */
const nobody = '-';

/** A claim as it stands in Redis. */
interface HeldClaim extends Pick<Claim, 'contentHash'> {
  readonly key: string;
  readonly owner: string;
}

/**
 * The ids of a usual request in one call, which costs Redis and this process more than its work; it keeps other users of
 * Redis waiting for some 200 microseconds. A cluster would want a call per id, but is refused at the start.
 */
const claimsPerCall = 128;

function createScripts(client: Redis, claimTtlMs: DurationMs, doneTtlMs: DurationMs) {
  const hashes = (claims: readonly HeldClaim[]): string => claims.map(({ contentHash }) => contentHash).join(' ');
  return {
    // All claims of a call have one owner.
    claim: inGroups(client, 'claim', (claims) => [claims[0].owner, claimTtlMs, hashes(claims)]),
    confirm: inGroups(client, 'confirm', (claims) => [doneTtlMs, hashes(claims)]),
    release: inGroups(client, 'release', (claims) => [claims.map(({ owner }) => owner).join(' ')]),
  };
}

/** Runs a script that replies with a list, one entry per key; the result is one reply per claim, in order. */
function inGroups(client: Redis, name: string, toArgs: (claims: readonly HeldClaim[]) => ScriptCall['args']) {
  const script = loadScript(name);
  return async (claims: readonly HeldClaim[]): Promise<unknown[]> => {
    const calls: ScriptCall[] = [];
    for (let start = 0; start < claims.length; start += claimsPerCall) {
      const group = claims.slice(start, start + claimsPerCall);
      calls.push({ keys: group.map(({ key }) => key), args: toArgs(group) });
    }
    return (await runScript(client, script, calls)).flat();
  };
}
