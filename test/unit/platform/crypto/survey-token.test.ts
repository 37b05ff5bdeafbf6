import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSurveyTokens } from '../../../../services/platform/crypto/survey-token.ts';

const tokens = createSurveyTokens(Buffer.alloc(32, 7));
const claims = {
  tenant: 'demo',
  surrogate: '00112233445566778899aabbccddeeff',
  askId: 'ffeeddccbbaa99887766554433221100',
  survey: 'after-case',
  expiresAt: 1_800_000_000_000,
};

describe('the token of a survey', () => {
  it('is read as what it was made of, and fits into an address', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.nat(), (tenant, expiresAt) => {
        const token = tokens.issue({ ...claims, tenant, expiresAt });
        expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
        expect(tokens.read(token)).toEqual({ ...claims, tenant, expiresAt });
        expect(tokens.issue({ ...claims, tenant, expiresAt })).toBe(token);
      }),
    );
  });

  it('is not believed once a sign of it differs, nor under another key', () => {
    const token = tokens.issue(claims);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'Q' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1)), `at ${at}`).toBeNull();
    }
    expect(createSurveyTokens(Buffer.alloc(32, 8)).read(token)).toBeNull();
    for (const text of ['', '.', token.slice(0, -1), `${token}A`, token.split('.')[0] ?? '']) {
      expect(tokens.read(text)).toBeNull();
    }
  });
});
