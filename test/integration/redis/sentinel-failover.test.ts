import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisClaimStore } from '../../../services/platform/redis/redis-claim-store.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../services/platform/redis/redis-state-store.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import type { IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';
import { openServerHome } from '../../support/servers/server-home.ts';
import type { ServerHome } from '../../support/servers/server-home.ts';
import { startSentinelTrio } from '../../support/servers/sentinel-trio.ts';
import type { SentinelTrio } from '../../support/servers/sentinel-trio.ts';

let home: ServerHome;
let trio: SentinelTrio;
let world: IngestInstallation;

beforeAll(async () => {
  home = await openServerHome();
  trio = await startSentinelTrio(home);
  world = await createIngestInstallation();
});

afterAll(async () => {
  await world.remove();
  trio.close();
  await home.close();
});

const patient = { timeoutMs: 60_000, intervalMs: 200 };

describe('a Redis whose master dies and whose sentinel promotes the replica', () => {
  it('is found again by a running ingest and by the stores, with what was replicated', async () => {
    const [host, port] = trio.sentinel.split(':');
    const sentinels = { addresses: [{ host, port: Number(port) }], name: trio.name };
    const logger = createLogger({ name: 'test', level: 'silent' });
    const redis = createRedis({ url: 'redis://nowhere.invalid', sentinels, logger });
    await eventually(() => redis.check());
    const claims = createRedisClaimStore({ redis, keyPrefix: world.prefix });
    const states = createRedisStateStore({ redis, keyPrefix: world.prefix, namespace: 'customer' });
    const key = { tenant: 'acme', surrogate: '0'.repeat(32) };
    const env = {
      REDIS_URL: 'redis://nowhere.invalid',
      REDIS_SENTINELS: trio.sentinel,
      REDIS_SENTINEL_NAME: trio.name,
    };
    const ingest = await runIngest({ ...world.env, ...env });
    const send = async (id: string): Promise<unknown> => {
      const body = JSON.stringify({ id, type: 'login', userId: 'u1', time: '2026-05-01T10:00:00Z' });
      const init = { method: 'POST', headers: { 'x-write-key': world.writeKey }, body };
      const answer = await fetch(`${ingest.url}/v1/events`, init);
      if (answer.status === 503) throw new Error(`503: ${await answer.text()}`);
      return ((await answer.json()) as { results: Record<string, { result: string }> }).results[id].result;
    };
    expect(await send('before')).toBe('accepted');
    const claim = { tenant: 'acme', source: 'web', eventId: 'held', contentHash: 'c' };
    expect(await claims.claim([claim])).toEqual(['claimed']);
    await claims.confirm([claim]);
    expect(await states.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes: Buffer.from('s1') }])).toEqual([true]); // prettier-ignore
    const epoch = redis.connectionEpoch();
    await trio.replicated();

    await trio.killMaster();
    expect(await eventually(() => send('after'), patient)).toBe('accepted');
    expect(await send('before')).toBe('duplicate');
    await eventually(() => redis.check(), patient);
    expect(await redis.client.info('server')).toContain(`tcp_port:${trio.replicaPort}`);
    expect(await redis.client.info('replication')).toContain('role:master');
    // States that are loaded again at the new master are known to come from another connection.
    expect(redis.connectionEpoch()).toBeGreaterThan(epoch);
    expect(await claims.claim([{ ...claim }])).toEqual(['duplicate']);
    expect(await states.compareAndSet([{ key, expectedVersion: 1, version: 2, bytes: Buffer.from('s2') }])).toEqual([true]); // prettier-ignore

    await trio.returnMaster();
    expect(await send('last')).toBe('accepted');
    expect(await redis.client.info('server')).toContain(`tcp_port:${trio.replicaPort}`);
    expect((await world.events()).map(({ eventId }) => eventId).sort()).toEqual(['after', 'before', 'last']);
    await ingest.drain();
    await ingest.stop();
    await redis.close();
  });
});
