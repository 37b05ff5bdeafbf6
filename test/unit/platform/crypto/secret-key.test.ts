import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretKey } from '../../../../services/platform/crypto/secret-key.ts';

describe('SecretKey', () => {
  it('gives its bytes only when asked', () => {
    const key = new SecretKey(Buffer.from('abcdef'));
    expect(key.reveal().toString()).toBe('abcdef');
    expect([String(key), JSON.stringify(key), inspect({ key })]).toEqual([
      '[redacted]',
      '"[redacted]"',
      '{ key: [redacted] }',
    ]);
  });
});
