import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../../../services/ingest/auth/keyring.ts';
import { aSendingKey } from '../../../support/ingest-access.ts';
import { aSender } from '../ingest-fixtures.ts';

describe('a keyring', () => {
  const many = Array.from({ length: 3000 }, (_, index) => aSendingKey(`many-${index}`, aSender()));
  const ring = createKeyring([
    ...many,
    aSendingKey('forever', aSender()),
    aSendingKey('ends', aSender(), { endsAt: 1000 }),
    aSendingKey('client', aSender(), { digest: null, oauthPublicKey: 'pem' }),
  ]);

  it('finds each of many keys, and nothing else', () => {
    for (const key of many) expect(ring.byKey(key.id.slice('key-'.length), 0)).toBe(key);
    for (const clear of ['', 'many', 'many-3000', 'key-many-1', 'client']) expect(ring.byKey(clear, 0)).toBeUndefined();
  });

  it('finds a key until it ends, by key and by id', () => {
    expect([999, 1000, 1001].map((now) => ring.byKey('ends', now)?.id)).toEqual(['key-ends', undefined, undefined]);
    expect([999, 1000, 1001].map((now) => ring.byId('key-ends', now)?.id)).toEqual(['key-ends', undefined, undefined]);
    expect(ring.byKey('forever', Number.MAX_SAFE_INTEGER)?.id).toBe('key-forever');
    expect(ring.byId('nobody', 0)).toBeUndefined();
  });
});
