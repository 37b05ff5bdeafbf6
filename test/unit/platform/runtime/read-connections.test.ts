import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { loadConfig } from '../../../../services/platform/runtime/load-config.ts';
import { readConnections } from '../../../../services/platform/runtime/read-connections.ts';
import { redactConfig } from '../../../../services/platform/runtime/redact-config.ts';
import { toolConfig } from '../../../../services/platform/runtime/tool-config.ts';

const addresses = {
  KAFKA_BROKERS: 'a:1,b:2',
  SCHEMA_REGISTRY_URL: 'https://me:p%40ss@registry:8081/path/',
  REDIS_URL: 'rediss://me:word@redis:6379/2',
};
let folder: string;

function read(env: Record<string, string>) {
  return readConnections(loadConfig(toolConfig, { ...addresses, ...env }));
}

function refusal(env: Record<string, string>): EngineError {
  try {
    read(env);
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new Error('nothing was refused');
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'tidewatch-connections-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readConnections', () => {
  it('needs addresses only, and takes a login from an address', () => {
    const { kafka, registry, redis } = read({});
    expect(kafka).toEqual({ brokers: ['a:1', 'b:2'], sasl: undefined });
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(registry).toEqual({ url: 'https://registry:8081/path', authorization });
    expect(redis).toMatchObject({ url: addresses.REDIS_URL, sentinels: undefined });
  });

  it('reads certificates and secrets from files, without the line break at their end', () => {
    const { kafka, redis } = read({
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA_FILE: file('ca', 'CA\n'),
      KAFKA_SASL_MECHANISM: 'scram-sha-256',
      KAFKA_SASL_USERNAME: 'me',
      KAFKA_SASL_PASSWORD_FILE: file('password', ' two words \n'),
      REDIS_SENTINELS: 's1:26379,[::1]:26380',
      REDIS_SENTINEL_PASSWORD: 'x',
    });
    expect(kafka.tls).toEqual({ ca: 'CA\n' });
    expect(kafka.sasl).toEqual({ mechanism: 'scram-sha-256', username: 'me', password: ' two words ' });
    expect(redis.sentinels).toMatchObject({
      name: 'mymaster',
      addresses: [{ host: 's1', port: 26379 }, { host: '::1', port: 26380 }],
      password: 'x',
    }); // prettier-ignore
  });

  it.each([
    [{ KAFKA_SASL_MECHANISM: 'PLAIN', KAFKA_SASL_USERNAME: 'me', KAFKA_SASL_PASSWORD: 's3cret' }, /KAFKA_SSL must be true/],
    [{ KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512' }, /KAFKA_SASL_USERNAME must be set.*\n.*KAFKA_SASL_PASSWORD or its _FILE/],
    [{ KAFKA_SASL_MECHANISM: 'OAUTHBEARER' }, /needs KAFKA_OAUTH_MODULE, or KAFKA_OAUTH_TOKEN_URL/],
    [{ KAFKA_SASL_USERNAME: 'me' }, /KAFKA_SASL_MECHANISM must be set/],
    [{ KAFKA_SSL_CA_FILE: '/nowhere/ca.pem' }, /KAFKA_SSL_CA_FILE names a file that cannot be read: \/nowhere\/ca\.pem/],
    [{ KAFKA_SSL: '1', KAFKA_SSL_KEY_FILE: '/nowhere/key' }, /KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE must be set together/],
    [{ SCHEMA_REGISTRY_TOKEN: 's3cret', SCHEMA_REGISTRY_USER: 'me' }, /a user, not both/],
    [{ REDIS_PASSWORD: 's3cret', REDIS_PASSWORD_FILE: '/nowhere/password' }, /are both set; set one/],
  ])('refuses what does not fit together, and shows no secret: %o', (env: Record<string, string>, said) => {
    const error = refusal(env);
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.message).toMatch(said);
    expect(error.message).not.toContain('s3cret');
  }); // prettier-ignore

  it('leaves no secret in the configuration that is logged', () => {
    const names = ['KAFKA_SASL_PASSWORD', 'KAFKA_OAUTH_CLIENT_SECRET', 'SCHEMA_REGISTRY_PASSWORD'];
    const secrets = [...names, 'SCHEMA_REGISTRY_TOKEN', 'REDIS_PASSWORD', 'REDIS_SENTINEL_PASSWORD'];
    const config = loadConfig(toolConfig, { ...addresses, ...Object.fromEntries(secrets.map((n) => [n, 's3cret'])) });
    expect(JSON.stringify(redactConfig(config))).not.toMatch(/s3cret|word@|p%40ss/);
  });
});
