import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../../../services/platform/crypto/access-tokens.ts';
import { readClientAssertion } from '../../../../services/platform/crypto/client-assertion.ts';
import { accessTokenKey, webhookSecret } from '../../../../services/platform/crypto/derived-secrets.ts';
import { SecretKey } from '../../../../services/platform/crypto/secret-key.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [ours, theirs] = [pair(), pair()];
const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const audiences = ['https://in.example', 'http://127.0.0.1:8081'];
const rules = { publicKeyOf: (id: string) => (id === 'c1' ? pem : null), audiences };

interface Wishes {
  readonly key?: Parameters<SignJWT['sign']>[0];
  readonly header?: object;
  readonly claims?: object;
  readonly age?: number;
  readonly life?: number;
}

function assertion({ key = ours.privateKey, header = {}, claims = {}, age = 5, life = 60 }: Wishes = {}) {
  const iat = Math.floor(Date.now() / 1000) - age;
  return new SignJWT({ iss: 'c1', sub: 'c1', aud: audiences[0], jti: 'j1', iat, exp: iat + life, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'c1', typ: 'JWT', ...header })
    .sign(key);
}

describe('a client assertion', () => {
  it('names the client whose private key signed it', async () => {
    expect(await readClientAssertion(await assertion(), rules)).toMatchObject({ client: 'c1', id: 'j1' });
    for (const aud of [`${audiences[1]}/token`, `${audiences[1]}/`, ['https://other.example', audiences[0]]]) {
      expect(await readClientAssertion(await assertion({ claims: { aud } }), rules)).toMatchObject({ client: 'c1' });
    }
  });

  it.each([
    ['of another key', { key: theirs.privateKey }],
    ['of an unknown client', { header: { kid: 'c2' }, claims: { iss: 'c2', sub: 'c2' } }],
    ['of another issuer', { claims: { iss: 'c2' } }],
    ['for another subject', { claims: { sub: 'c2' } }],
    ['without a key id', { header: { kid: undefined } }],
    ['that has ended', { age: 200 }],
    ['from the future', { age: -200 }],
    ['that lives too long', { life: 3600 }],
    ['for another service', { claims: { aud: 'https://other.example' } }],
    ['for nobody', { claims: { aud: undefined } }],
    ['without an id of its own', { claims: { jti: undefined } }],
    ['that never ends', { claims: { exp: undefined } }],
    ['signed by the public key as a password', { key: Buffer.from(pem), header: { alg: 'HS256' } }],
  ] as [string, Wishes][])('is not believed %s', async (_what, wishes) => {
    expect(await readClientAssertion(await assertion(wishes), rules)).toBeNull();
  });

  it.each(['', 'x', 'a.b.c', '{}', 'eyJhbGciOiJub25lIiwia2lkIjoiYzEifQ.eyJpc3MiOiJjMSIsInN1YiI6ImMxIn0.'])(
    'is not "%s"',
    async (text) => {
      expect(await readClientAssertion(text, rules)).toBeNull();
    },
  );
});

describe('an access token', () => {
  const tokens = createAccessTokens(Buffer.alloc(32, 1));

  it('stands for the key it was issued for, until it ends', async () => {
    expect(await tokens.read(await tokens.issue('c1', 60))).toBe('c1');
    expect(await tokens.read(await tokens.issue('c1', -1))).toBeNull();
  });

  it('is none of another installation, nor any other text', async () => {
    const other = createAccessTokens(Buffer.alloc(32, 2));
    expect(await tokens.read(await other.issue('c1', 60))).toBeNull();
    for (const text of ['', 'a.b.c', await assertion()]) expect(await tokens.read(text)).toBeNull();
  });
});

describe('derived secrets', () => {
  it('differ by purpose, key id and installation, and stay the same', () => {
    const [one, two] = [new SecretKey(Buffer.alloc(32, 1)), new SecretKey(Buffer.alloc(32, 2))];
    const secrets = [webhookSecret(one, 'a'), webhookSecret(one, 'b'), webhookSecret(two, 'a')];
    const all = [...secrets, ...[one, two].map((key) => `whsec_${accessTokenKey(key).toString('base64')}`)];
    expect(new Set(all).size).toBe(5);
    expect(webhookSecret(one, 'a')).toBe(secrets[0]);
  });
});
