import { describe, expect, it } from 'vitest';
import { surrogateId } from '../../../../services/core/identity/surrogate-id.ts';
import { pseudonymise } from '../../../../services/ingest/steps/pseudonymise.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aClientEvent } from '../ingest-fixtures.ts';

const key = Buffer.alloc(32, 1);
const hash = (type: string, id: string): string => surrogateId(nodeDigest, key, type, id);

describe('pseudonymise', () => {
  it('takes the surrogate of the user id where there is one, else of the anonymous id', () => {
    const event = aClientEvent();
    const both = pseudonymise({ user: 'u1', anonymous: 'a1' }, event, nodeDigest, key);
    expect(both.surrogate).toBe(hash('user', 'u1'));
    expect(both.identities.map(({ type }) => type)).toEqual(['user', 'anonymous']);
    expect(pseudonymise({ user: null, anonymous: '7' }, event, nodeDigest, key).surrogate).toBe(hash('anonymous', '7'));
    expect(hash('anonymous', '7')).not.toBe(hash('user', '7'));
  });

  it('takes the surrogate itself from whoever names it, and makes no user of it', () => {
    const surrogate = hash('anonymous', 'a1');
    const named = pseudonymise({ user: `~${surrogate}`, anonymous: null }, aClientEvent(), nodeDigest, key);
    expect(named).toEqual({ surrogate, identities: [{ type: 'surrogate', hash: surrogate }] });
    const almost = `~${surrogate.slice(1)}`;
    expect(pseudonymise({ user: almost, anonymous: null }, aClientEvent(), nodeDigest, key).surrogate).toBe(
      hash('user', almost),
    );
  });

  it('hashes e-mail and telephone in one spelling', () => {
    const hashes = (traits: object, properties: object) => {
      const event = aClientEvent({ traits: { ...traits }, properties: { ...properties } });
      return pseudonymise({ user: 'u1', anonymous: null }, event, nodeDigest, key).identities.slice(1);
    };
    const expected = [
      { type: 'email', hash: hash('email', 'jane@example.com') },
      { type: 'phone', hash: hash('phone', '+447700900123') },
    ];
    expect(hashes({ email: ' Jane@Example.com', phone: '+44 7700 900-123' }, {})).toEqual(expected);
    expect(hashes({}, { email: 'jane@example.com', phone: '0044 (7700) 900123' })).toEqual(expected);
    expect(hashes({ email: 'nobody', phone: 'none' }, { email: 7, phone: {} })).toEqual([]);
  });

  it('counts a user id that is an e-mail address as one', () => {
    const { identities } = pseudonymise({ user: 'jane@x.org', anonymous: null }, aClientEvent(), nodeDigest, key);
    expect(identities[1]).toEqual({ type: 'email', hash: hash('email', 'jane@x.org') });
  });

  it('gives a remembered customer the same surrogate, and under another key another one', () => {
    const of = (pseudonymKey: Buffer): string =>
      pseudonymise({ user: 'u-again', anonymous: null }, aClientEvent(), nodeDigest, pseudonymKey).surrogate;
    expect([of(key), of(key)]).toEqual([hash('user', 'u-again'), hash('user', 'u-again')]);
    expect(of(Buffer.alloc(32, 9))).not.toBe(of(key));
  });
});
