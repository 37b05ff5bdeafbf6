import { describe, expect, it } from 'vitest';
import {
  isSecretName,
  redactSecrets,
  redactUrlCredentials,
} from '../../../../services/platform/telemetry/redact-secrets.ts';

describe('isSecretName', () => {
  it.each(['password', 'Authorization', 'writeKey', 'write_key', 'X-Api-Key', 'adminToken', 'tokens', 'pseudonymKey'])(
    'takes %s for a secret',
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );

  it.each(['topic', 'key', 'partition', 'keyPrefix', 'tokenCount', 'message', 'REDIS_URL'])(
    'does not take %s for a secret',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe('redactUrlCredentials', () => {
  it('replaces user and password and keeps the address', () => {
    const text = redactUrlCredentials('cannot reach redis://bob:s3cret@host:6379/0 now');
    expect(text).toBe('cannot reach redis://[redacted]@host:6379/0 now');
  });

  it('leaves addresses without credentials and e-mail addresses in paths alone', () => {
    expect(redactUrlCredentials('http://host/path?q=a@b')).toBe('http://host/path?q=a@b');
  });
});

describe('redactSecrets', () => {
  it('replaces secrets at any depth and leaves its input as it was', () => {
    const input = { outer: [{ token: 't', list: { password: 'p', topic: 'x' } }] };
    expect(redactSecrets(input)).toEqual({
      outer: [{ token: '[redacted]', list: { password: '[redacted]', topic: 'x' } }],
    });
    expect(input.outer[0]?.token).toBe('t');
  });

  it('says of bytes only how many there are', () => {
    expect(redactSecrets({ value: Buffer.from('secret') })).toEqual({ value: '[6 bytes]' });
  });

  it('ends on a cycle', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(JSON.stringify(redactSecrets(cyclic))).toContain('[nested too deep]');
  });
});
