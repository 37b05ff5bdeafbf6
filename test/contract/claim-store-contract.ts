import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Claim, ClaimStore } from '../../services/core/ports/claim-store.ts';

/** Two processes on the same memory of claims. */
export interface ClaimStores {
  readonly store: ClaimStore;
  readonly other: ClaimStore;
  /** Lets so much time pass that unconfirmed claims are void, and done ones are not. */
  passClaimTtl(): Promise<void>;
  /** Lets so much time pass that done ids are forgotten. */
  passDoneTtl(): Promise<void>;
}

export type OpenClaimStores = () => ClaimStores;

export function describeClaimStore(name: string, open: OpenClaimStores): void {
  describe(`${name} as a claim store`, () => {
    it('takes empty batches', async () => {
      const { store } = open();
      expect(await store.claim([])).toEqual([]);
      await store.confirm([]);
      await store.release([]);
    });

    describeTransitions(open);
    describeExpiry(open);
    describeBatches(open);
  });
}

function describeTransitions(open: OpenClaimStores): void {
  it('claims a new id, and is pending for others until it is confirmed', async () => {
    const { store, other } = open();
    const claim = aClaim();
    expect(await store.claim([claim])).toEqual(['claimed']);
    expect(await other.claim([again(claim)])).toEqual(['pending']);
    expect(await store.claim([again(claim)])).toEqual(['pending']);
    await store.confirm([claim]);
    expect(await other.claim([again(claim)])).toEqual(['duplicate']);
    expect(await store.claim([again(claim)])).toEqual(['duplicate']);
  });

  it.each(['claimed', 'confirmed'])('sees a conflict when the id is %s with other content', async (phase) => {
    const { store, other } = open();
    const claim = aClaim();
    await store.claim([claim]);
    if (phase === 'confirmed') await store.confirm([claim]);
    expect(await other.claim([again(claim, { contentHash: 'other' })])).toEqual(['conflict']);
  });

  it('lets a released id be claimed again, with any content', async () => {
    const { store, other } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await store.release([claim]);
    expect(await other.claim([again(claim, { contentHash: 'other' })])).toEqual(['claimed']);
  });

  it('does not let one who was answered pending release the claim', async () => {
    const { store, other } = open();
    const [claim, late] = [aClaim(), aClaim()];
    const refused = again(claim);
    await store.claim([claim]);
    await other.claim([refused]);
    await other.release([refused, late]);
    expect(await other.claim([again(claim)])).toEqual(['pending']);
  });

  it('does not let a confirmed id be released', async () => {
    const { store } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await store.confirm([claim]);
    await store.release([claim]);
    expect(await store.claim([again(claim)])).toEqual(['duplicate']);
  });

  it('keeps the content that was confirmed first', async () => {
    const { store, other } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await store.confirm([claim]);
    await other.confirm([again(claim, { contentHash: 'other' })]);
    expect(await other.claim([again(claim)])).toEqual(['duplicate']);
  });

  it('gives one id to exactly one of many who claim it at once', async () => {
    const { store, other } = open();
    const claim = aClaim();
    const attempts = Array.from({ length: 50 }, (_, i) => (i % 2 ? store : other).claim([again(claim)]));
    const results = (await Promise.all(attempts)).flat();
    expect(results.filter((result) => result === 'claimed')).toHaveLength(1);
    expect(results.filter((result) => result === 'pending')).toHaveLength(49);
  });

  it('keeps tenants, sources and event ids apart', async () => {
    const { store } = open();
    const claim = aClaim();
    await store.claim([claim]);
    const others = [{ tenant: 'x' }, { source: 'x' }, { eventId: randomBytes(8).toString('hex') }];
    expect(await store.claim(others.map((change) => again(claim, change)))).toEqual(['claimed', 'claimed', 'claimed']);
  });
}

function describeExpiry(open: OpenClaimStores): void {
  it('gives the id of one who died between claim and produce to the next attempt, so that nothing is lost', async () => {
    const { store, other, passClaimTtl } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await passClaimTtl();
    expect(await other.claim([again(claim)])).toEqual(['claimed']);
  });

  it('does not let the first claimer release what was taken over', async () => {
    const { store, passClaimTtl } = open();
    const claim = aClaim();
    const taken = again(claim);
    await store.claim([claim]);
    await passClaimTtl();
    expect(await store.claim([taken])).toEqual(['claimed']);
    await store.release([claim]);
    expect(await store.claim([again(claim)])).toEqual(['pending']);
  });

  it('takes a late confirmation: the event is in the log', async () => {
    const { store, other, passClaimTtl } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await passClaimTtl();
    await store.confirm([claim]);
    expect(await other.claim([again(claim)])).toEqual(['duplicate']);
  });

  it('takes the confirmation of the first claimer also after the take-over', async () => {
    const { store, other, passClaimTtl } = open();
    const claim = aClaim();
    const taken = again(claim);
    await store.claim([claim]);
    await passClaimTtl();
    await other.claim([taken]);
    await store.confirm([claim]);
    await other.release([taken]);
    expect(await other.claim([again(claim)])).toEqual(['duplicate']);
  });

  it('remembers a confirmed id longer than a claim, but not for ever', async () => {
    const { store, passClaimTtl, passDoneTtl } = open();
    const claim = aClaim();
    await store.claim([claim]);
    await store.confirm([claim]);
    await passClaimTtl();
    expect(await store.claim([again(claim)])).toEqual(['duplicate']);
    await passDoneTtl();
    expect(await store.claim([again(claim)])).toEqual(['claimed']);
  });
}

function describeBatches(open: OpenClaimStores): void {
  it('claims the first of several equal ids in one call; the others are duplicates or conflicts', async () => {
    const { store } = open();
    const [claim, neighbour] = [aClaim(), aClaim()];
    const batch = [claim, again(claim), neighbour, again(claim, { contentHash: 'other' }), again(claim)];
    expect(await store.claim(batch)).toEqual(['claimed', 'duplicate', 'claimed', 'conflict', 'duplicate']);
  });

  it('answers in the order of the batch, also when it is long', async () => {
    const { store, other } = open();
    const claims = Array.from({ length: 1203 }, () => aClaim());
    await other.claim(claims.filter((_, i) => i % 3 === 0).map((claim) => again(claim)));
    expect(await store.claim(claims)).toEqual(claims.map((_, i) => (i % 3 === 0 ? 'pending' : 'claimed')));
    await store.confirm(claims.filter((_, i) => i % 3 === 1));
    await store.release(claims.filter((_, i) => i % 3 === 2));
    expect(await other.claim(claims.map((claim) => again(claim)))).toEqual(
      claims.map((_, i) => ['pending', 'duplicate', 'claimed'][i % 3]),
    );
  });
}

function aClaim(): Claim {
  return { tenant: 'demo', source: 'web', eventId: randomBytes(8).toString('hex'), contentHash: 'content' };
}

/** What a client sends a second time: equal, but another object. */
function again(claim: Claim, change: Partial<Claim> = {}): Claim {
  return { ...claim, ...change };
}
