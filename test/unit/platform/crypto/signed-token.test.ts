import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinkTokens } from '../../../../services/alerts/deliveries/link-tokens.ts';
import { createSignedTokens } from '../../../../services/platform/crypto/signed-token.ts';

const tokens = createSignedTokens(Buffer.alloc(32, 1));
const text = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('signed tokens', () => {
  it('come back as what was signed, in signs that an address may hold', () => {
    fc.assert(
      fc.property(text, (said) => {
        const token = tokens.sign(said);
        expect(token).toMatch(/^[\w-]*\.[0-9a-f]{32}$/);
        expect(tokens.read(token)).toBe(said);
      }),
    );
  });

  it('are none with another sign at any place, or under another key', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom(...'aAzZ09-_.'), (said, place, sign) => {
        const token = tokens.sign(said);
        const at = place % token.length;
        const changed = token.slice(0, at) + sign + token.slice(at + 1);
        if (changed !== token) expect(tokens.read(changed)).toBeNull();
        expect(createSignedTokens(Buffer.alloc(32, 2)).read(token)).toBeNull();
      }),
    );
  });

  it.each(['', '.', 'a', 'a.b.c', `${'a'.repeat(900)}.${'0'.repeat(32)}`])('are not %j', (token) => {
    expect(tokens.read(token)).toBeNull();
  });

  it('hold a link of a message whole', () => {
    const links = createLinkTokens(tokens);
    const link = {
      tenant: 'demo',
      channel: 'email',
      contactId: 'c',
      link: { name: 'shop', url: 'https://a.example/?q=生' },
    };
    expect(links.read(links.sign(link))).toEqual(link);
    expect(links.read(links.sign({ ...link, link: null }))).toEqual({ ...link, link: null });
    expect(links.read(`${links.sign(link)}0`)).toBeNull();
  });
});
