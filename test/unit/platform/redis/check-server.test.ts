import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { checkServer } from '../../../../services/platform/redis/check-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

function aServer(info: string | Error) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'info', destination });
  const answer = () => (typeof info === 'string' ? Promise.resolve(info) : Promise.reject(info));
  return { lines, check: () => checkServer({ info: answer } as unknown as Redis, logger) };
}

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;

describe('checkServer', () => {
  it.each(['6.2.0', '6.2.7', '7.0.15', '8.0.1', '10.0.0'])('takes version %s', async (version) => {
    const { check, lines } = aServer(info(version, 'noeviction'));
    await check();
    expect(lines).toEqual([]);
  });

  it.each(['6.0.16', '5.0.14', '2.8.0'])('refuses version %s', async (version) => {
    await expect(aServer(info(version, 'noeviction')).check()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });

  it.each(['allkeys-lru', 'volatile-ttl'])('refuses the policy %s and says what to run', async (policy) => {
    await expect(aServer(info('7.0.0', policy)).check()).rejects.toMatchObject({
      code: 'ERR_STORE_POLICY',
      retryable: false,
      message: expect.stringContaining('CONFIG SET maxmemory-policy noeviction') as string,
    });
  });

  it('refuses a node of a cluster, whose shards would forget apart from each other', async () => {
    const { check } = aServer(`${info('7.0.0', 'noeviction')}# Cluster\r\ncluster_enabled:1\r\n`);
    await expect(check()).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('Redis Cluster') as string,
    });
    await aServer(`${info('7.0.0', 'noeviction')}# Cluster\r\ncluster_enabled:0\r\n`).check();
  });

  it.each([
    ['hides its policy', 'redis_version:7.0.0\r\n'],
    ['does not permit INFO', Object.assign(new Error('NOPERM this user has no permissions'), { name: 'ReplyError' })],
  ])('warns and goes on when Redis %s', async (_what, answer) => {
    const { check, lines } = aServer(answer);
    await check();
    expect(lines.join('')).toContain('make sure');
  });

  it('takes a lost connection for an outage that passes', async () => {
    await expect(aServer(new Error('Connection is closed.')).check()).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
      retryable: true,
    });
  });
});
