import { describe, expect, it } from 'vitest';
import { sealFields } from '../../../../services/ingest/steps/seal-fields.ts';
import { createAesSealer } from '../../../../services/platform/crypto/aes-sealer.ts';
import { sealer } from '../ingest-fixtures.ts';

describe('sealFields', () => {
  it('seals nothing where there is nothing', () => {
    expect(sealFields(new Map(), sealer, { tenant: 't', surrogate: 's' })).toBeNull();
  });

  it('seals each field so that it opens under its own name only', () => {
    const fields = new Map<string, unknown>([['email', 'jane@x.org'], ['address', { city: 'X' }]]); // prettier-ignore
    const envelope = sealFields(fields, sealer, { tenant: 't', surrogate: 's' });
    expect(envelope?.keyId).toBe('k1');
    const [email, address] = envelope?.fields ?? [];
    expect(sealer.open(email.sealed, 't|s|email').toString()).toBe('jane@x.org');
    expect(sealer.open(address.sealed, 't|s|address').toString()).toBe('{"city":"X"}');
    expect(() => sealer.open(email.sealed, 't|s|address')).toThrow();
    expect(() => sealer.open(email.sealed, 't|other|email')).toThrow();
  });

  it('puts what is beyond the number of single fields into one', () => {
    const fields = new Map(Array.from({ length: 70 }, (_, index) => [`f${index}`, index]));
    const envelope = sealFields(fields, sealer, { tenant: 't', surrogate: 's' });
    expect(envelope?.fields).toHaveLength(65);
    const last = envelope?.fields.at(-1);
    expect(JSON.parse(sealer.open(last!.sealed, 't|s|remainder').toString())).toHaveProperty('f69', 69);
  });

  it('seals the reference of a customer once, and anything else each time anew', () => {
    const seal = (fields: [string, unknown][], surrogate: string): string[] =>
      sealFields(new Map(fields), sealer, { tenant: 't', surrogate })?.fields.map(({ sealed }) =>
        sealed.toString('hex'),
      ) ?? [];
    const fields: [string, unknown][] = [['customerRef', 'u1'], ['city', 'X']]; // prettier-ignore
    const [first, again] = [seal(fields, 'once'), seal(fields, 'once')];
    expect(again[0]).toBe(first[0]);
    expect(again[1]).not.toBe(first[1]);
    const nonces = [first[0], ...seal(fields, 'other'), ...seal([['customerRef', 'u2']], 'once')].map((sealed) =>
      sealed.slice(0, 24),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(sealer.open(Buffer.from(again[0], 'hex'), 't|once|customerRef').toString()).toBe('u1');
  });

  it('keeps the remembered references of two tenants with one sealer apart', () => {
    const fields = new Map([['customerRef', 'u1']]);
    for (const tenant of ['one', 'two', 'one']) {
      const envelope = sealFields(fields, sealer, { tenant, surrogate: 'same' });
      expect(sealer.open(envelope!.fields[0].sealed, `${tenant}|same|customerRef`).toString()).toBe('u1');
    }
  });

  it('keeps the remembered references of two keys apart', () => {
    const other = createAesSealer('k2', Buffer.alloc(32, 8));
    const fields = new Map([['customerRef', 'u1']]);
    const owner = { tenant: 't', surrogate: 'keys' };
    const [ours, theirs] = [sealFields(fields, sealer, owner), sealFields(fields, other, owner)];
    expect(theirs?.keyId).toBe('k2');
    expect(other.open(theirs!.fields[0].sealed, 't|keys|customerRef').toString()).toBe('u1');
    expect(() => other.open(ours!.fields[0].sealed, 't|keys|customerRef')).toThrow();
  });
});
