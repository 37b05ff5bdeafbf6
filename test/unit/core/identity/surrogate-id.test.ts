import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { surrogateId } from '../../../../services/core/identity/surrogate-id.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';

const key = Buffer.from('a tenant key of thirty-two bytes');

describe('a surrogate id', () => {
  it('is the first 128 bits of an HMAC over type and id', () => {
    const expected = createHmac('sha256', key).update('user:42').digest('hex').slice(0, 32);
    expect(surrogateId(nodeDigest, key, 'user', '42')).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs between user 42, anonymous 42 and another tenant’s user 42', () => {
    const otherKey = Buffer.from('another tenant’s key');
    const ids = [
      surrogateId(nodeDigest, key, 'user', '42'),
      surrogateId(nodeDigest, key, 'anonymous', '42'),
      surrogateId(nodeDigest, otherKey, 'user', '42'),
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it('stays what it is: states and topics are keyed by it', () => {
    expect(surrogateId(nodeDigest, Buffer.alloc(32), 'user', '42')).toMatchInlineSnapshot(
      `"299b2da8ddfedc7f0b27be6d4d087080"`,
    );
  });
});
