import { describe, expect, it } from 'vitest';
import { sealFields } from '../../../../services/ingest/steps/seal-fields.ts';
import { sealer } from '../ingest-fixtures.ts';

describe('sealFields', () => {
  it('seals nothing where there is nothing', () => {
    expect(sealFields(new Map(), sealer, 't|s')).toBeNull();
  });

  it('seals each field so that it opens under its own name only', () => {
    const fields = new Map<string, unknown>([['email', 'jane@x.org'], ['address', { city: 'X' }]]); // prettier-ignore
    const envelope = sealFields(fields, sealer, 't|s');
    expect(envelope?.keyId).toBe('k1');
    const [email, address] = envelope?.fields ?? [];
    expect(sealer.open(email.sealed, 't|s|email').toString()).toBe('jane@x.org');
    expect(sealer.open(address.sealed, 't|s|address').toString()).toBe('{"city":"X"}');
    expect(() => sealer.open(email.sealed, 't|s|address')).toThrow();
    expect(() => sealer.open(email.sealed, 't|other|email')).toThrow();
  });

  it('puts what is beyond the number of single fields into one', () => {
    const fields = new Map(Array.from({ length: 70 }, (_, index) => [`f${index}`, index]));
    const envelope = sealFields(fields, sealer, 't|s');
    expect(envelope?.fields).toHaveLength(65);
    const last = envelope?.fields.at(-1);
    expect(JSON.parse(sealer.open(last!.sealed, 't|s|remainder').toString())).toHaveProperty('f69', 69);
  });
});
