import type { Redis } from 'ioredis';
import { EngineError } from '../../core/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { toEngineError } from './redis-errors.ts';

const oldestVersion = [6, 2] as const;

/**
 * Refuses a Redis that is too old or a node of a cluster (ERR_CONFIG_INVALID), or that may throw keys away when memory is short
 * (ERR_STORE_POLICY). Where Redis does not let us ask, it warns and goes on.
 */
export async function checkServer(client: Redis, logger: Logger): Promise<void> {
  const info = await readInfo(client, logger);
  if (info === null) return;
  const version = /^redis_version:(\S+)/m.exec(info)?.[1];
  if (version !== undefined && isOlder(version)) {
    const message = `Redis has version ${version}; use ${oldestVersion.join('.')} or newer`;
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { version } });
  }
  if (/^cluster_enabled:1/m.test(info)) {
    const message =
      'this Redis is a node of a Redis Cluster, whose nodes may forget writes apart from each other; ' +
      'use one Redis, with a replica and Sentinel for failover';
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined) logger.warn('Redis does not say its maxmemory-policy; make sure that it is noeviction');
  else if (policy !== 'noeviction') throw evicting(policy);
}

async function readInfo(client: Redis, logger: Logger): Promise<string | null> {
  try {
    return await client.info();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOPERM')) throw toEngineError(error, 'INFO');
    logger.warn('Redis does not permit INFO; make sure that it is 6.2 or newer and its maxmemory-policy noeviction');
    return null;
  }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
}

function evicting(policy: string): EngineError {
  const message =
    `Redis has maxmemory-policy ${policy} and may drop customers' states; ` +
    'run CONFIG SET maxmemory-policy noeviction and put it into redis.conf';
  return new EngineError('ERR_STORE_POLICY', message, { retryable: false, context: { policy } });
}
