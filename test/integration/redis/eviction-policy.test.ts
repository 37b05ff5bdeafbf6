import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSpec } from '../../../scripts/stack/local/redis-spec.ts';
import { askRedis } from '../../../scripts/stack/readiness/ask-redis.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import { newInstallationFile } from '../../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { createKillableServer } from '../../support/servers/killable-server.ts';
import { openServerHome, type ServerHome } from '../../support/servers/server-home.ts';
import { spawnService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const logger = createLogger({ name: 'test', level: 'silent' });

describe('P18: a Redis that may throw states away when its memory is full', () => {
  let home: ServerHome;
  let url: string;

  beforeAll(async () => {
    home = await openServerHome();
    const { layout } = home;
    url = `redis://127.0.0.1:${layout.ports.redis}`;
    await mkdir(layout.redisData, { recursive: true });
    const spec = redisSpec(layout);
    const args = [...spec.args, '--maxmemory-policy', 'allkeys-lru'];
    await createKillableServer(home, { ...spec, args }, () => askRedis(url)).start();
  });

  afterAll(() => home.close());

  it('is refused by the check, and taken once its policy is noeviction', async () => {
    const redis = createRedis({ url, logger });
    await eventually(() => expect(redis.client.status).toBe('ready'));
    await expect(redis.check()).rejects.toMatchObject({ code: 'ERR_STORE_POLICY', context: { policy: 'allkeys-lru' } });
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.check();
    await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.close();
  });

  it('keeps a scorer from starting, which says what to run', async () => {
    const installationFile = join(home.layout.home, 'installation.json');
    await writeFile(installationFile, JSON.stringify(newInstallationFile({})));
    const scorer = spawnService('scorer', {
      KAFKA_BROKERS: stackAddresses.kafka,
      SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
      REDIS_URL: url,
      TIDEWATCH_SCORER_PORT: '0',
      TIDEWATCH_INSTALLATION_FILE: installationFile,
    });
    const { code } = await scorer.ended;
    expect(code).toBe(78);
    expect(scorer.output()).toContain('CONFIG SET maxmemory-policy noeviction');
  });
});
