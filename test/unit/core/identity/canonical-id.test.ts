import { describe, expect, it } from 'vitest';
import { canonicalId } from '../../../../services/core/identity/canonical-id.ts';

describe('a canonical id', () => {
  it.each([
    ['  42 ', '42', 'is trimmed'],
    ['CaseKept', 'CaseKept', 'keeps its case'],
    ['Ann.Lee@Example.COM', 'ann.lee@example.com', 'is lower case when it is an e-mail address'],
    ['Cafe\u0301', 'Caf\u00e9', 'is composed (NFC)'],
    ['00', '00', 'keeps leading zeros'],
    ['nobody', 'nobody', 'may be a word that only looks empty'],
  ])('of %j is %j: it %s', (raw, expected) => {
    expect(canonicalId(raw)).toBe(expected);
  });

  it.each([
    '', '   ', 'null', 'NULL', 'undefined', 'None', 'NaN', '0', '-1', 'guest', 'Guest', 'anonymous', ' anonymous ', 'n/a',
    '[object Object]', '00000000-0000-0000-0000-000000000000',
  ])('of %j does not exist, because it names nobody', (raw) => {
    expect(canonicalId(raw)).toBeNull();
  }); // prettier-ignore
});
