import { describe, expect, it } from 'vitest';
import { parseCustomerId } from '../../../../services/core/identity/parse-customer-id.ts';

const hex = '00112233445566778899aabbccddeeff';

describe('a customer id as APIs take it', () => {
  it.each([
    ['42', 'user', '42'],
    ['user:42', 'user', '42'],
    ['user: 42 ', 'user', '42'],
    ['anonymous:a-1', 'anonymous', 'a-1'],
    ['urn:shop:42', 'user', 'urn:shop:42'],
    ['user:user:42', 'user', 'user:42'],
    ['Ann@Example.com', 'user', 'ann@example.com'],
    ['~42', 'user', '~42'],
    [`~${hex}0`, 'user', `~${hex}0`],
  ])('%s is the %s id %s', (text, idType, canonicalId) => {
    expect(parseCustomerId(text)).toEqual({ by: 'id', idType, canonicalId });
  });

  it('is a surrogate after a tilde, in either case', () => {
    expect(parseCustomerId(`~${hex}`)).toEqual({ by: 'surrogate', surrogate: hex });
    expect(parseCustomerId(`~${hex.toUpperCase()}`)).toEqual({ by: 'surrogate', surrogate: hex });
  });

  it.each(['', 'user:', 'user:null', 'anonymous:', 'anonymous:guest', 'undefined'])('%j names nobody', (text) => {
    expect(parseCustomerId(text)).toBeNull();
  });
});
