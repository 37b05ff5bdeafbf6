import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClaimKeys, createStateKeys } from '../../../../services/platform/redis/keys.ts';
import { runs } from '../../../support/property-runs.ts';

const surrogate = '00112233445566778899aabbccddeeff';

/** What Redis Cluster takes for the hash tag: from the first opening brace to the next closing one. */
function hashTag(key: string): string | undefined {
  return /\{([^}]+)\}/.exec(key)?.[1];
}

describe('createStateKeys', () => {
  it('puts prefix and namespace before a tag of tenant and surrogate', () => {
    expect(createStateKeys('twin:', 'customer')({ tenant: 'demo', surrogate })).toBe(
      `twin:customer:{demo:${surrogate}}`,
    );
  });

  it('gives one customer the same tag in every namespace', () => {
    const keys = ['customer', 'task'].map((namespace) =>
      createStateKeys('p', namespace)({ tenant: 'demo', surrogate }),
    );
    expect(new Set(keys.map(hashTag)).size).toBe(1);
  });

  it.each(['a{b', '}'])('refuses the prefix "%s", which would replace the tag', (prefix) => {
    expect(() => createStateKeys(prefix, 'customer')).toThrow(RangeError);
    expect(() => createStateKeys('', prefix)).toThrow(RangeError);
    expect(() => createClaimKeys(prefix)).toThrow(RangeError);
  });

  it('never gives two customers one key, whatever their names', () => {
    const keyOf = createStateKeys('', 'customer');
    const part = fc.string({ unit: fc.constantFrom('a', ':', '{', '}', '%', ' ', '3') });
    fc.assert(
      fc.property(part, part, part, part, (tenant1, surrogate1, tenant2, surrogate2) => {
        const same = tenant1 === tenant2 && surrogate1 === surrogate2;
        const keys = [
          keyOf({ tenant: tenant1, surrogate: surrogate1 }),
          keyOf({ tenant: tenant2, surrogate: surrogate2 }),
        ];
        expect(keys[0] === keys[1]).toBe(same);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('createClaimKeys', () => {
  const claim = { tenant: 'demo', source: 'web', eventId: 'ann@example.org', contentHash: 'c' };

  it('tags tenant, source and a hash of the event id, which may be personal', () => {
    const key = createClaimKeys('p:')(claim);
    expect(key).toMatch(/^p:claim:\{demo:web:[0-9a-f]{32}\}$/);
    expect(key).not.toContain('ann');
  });

  it('depends on tenant, source and event id, and not on the content', () => {
    const keyOf = createClaimKeys('');
    expect(keyOf({ ...claim, contentHash: 'other' })).toBe(keyOf(claim));
    const others = [{ tenant: 'x' }, { source: 'x' }, { eventId: 'x' }].map((change) => keyOf({ ...claim, ...change }));
    expect(new Set([keyOf(claim), ...others]).size).toBe(4);
  });

  it('keeps tenants and sources with colons or braces apart', () => {
    const keyOf = createClaimKeys('');
    expect(keyOf({ ...claim, tenant: 'a:b', source: 'c' })).not.toBe(keyOf({ ...claim, tenant: 'a', source: 'b:c' }));
    expect(hashTag(keyOf({ ...claim, tenant: 'a}b' }))).toMatch(/^a%7db:web:[0-9a-f]{32}$/);
  });
});
