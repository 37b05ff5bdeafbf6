import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisSpec } from '../../../scripts/stack/local/redis-spec.ts';
import { askRedis } from '../../../scripts/stack/readiness/ask-redis.ts';
import { eventually } from '../eventually.ts';
import { openTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { createKillableServer, type KillableServer } from './killable-server.ts';
import type { ServerHome } from './server-home.ts';

/** A Redis with a replica, behind an address that stays the same. */
export interface RedisPair {
  /** Address of whichever server is the master; leads through `proxy`. */
  readonly url: string;
  readonly proxy: TcpProxy;
  /** kill -9 of the master, and a start from its append-only file: what was written in the last second may be gone. */
  restart(): Promise<void>;
  /** The replica stops following; everything written from now on is lost when it takes over. */
  detachReplica(): Promise<void>;
  /** The replica takes over behind the same address; the old master is killed and a fresh replica follows the new one. */
  failOver(): Promise<{ readonly lostBytes: number }>;
  close(): Promise<void>;
}

interface Node {
  readonly port: number;
  readonly server: KillableServer;
  readonly admin: Redis;
}

/** `everysec`, like the stack's own Redis; a replica that follows within moments. */
export async function startRedisPair(home: ServerHome): Promise<RedisPair> {
  const { ports } = home.layout;
  let made = 0;

  async function startNode(port: number, masterPort?: number): Promise<Node> {
    const name = `redis-${made++}`;
    const redisData = join(home.layout.data, name);
    await mkdir(redisData, { recursive: true });
    const spec = redisSpec({ ...home.layout, redisData, ports: { ...ports, redis: port } });
    const args = [...spec.args, '--repl-diskless-sync-delay', '0'];
    const url = `redis://127.0.0.1:${port}`;
    const server = createKillableServer(home, { ...spec, name, args }, () => askRedis(url));
    await server.start();
    const admin = new Redis(url, { retryStrategy: () => 50 });
    admin.on('error', () => undefined);
    // Told, not configured: once promoted and started again, it must not follow anybody.
    if (masterPort !== undefined) await eventually(() => admin.replicaof('127.0.0.1', masterPort));
    return { port, server, admin };
  }

  let master = await startNode(ports.redis);
  let replica = await startNode(ports.registry, ports.redis);
  /** What the master had written when the replica stopped following it. */
  let detachedAt = 0;
  const proxy = await openTcpProxy({ host: '127.0.0.1', port: master.port });
  await followed(replica);

  return {
    url: `redis://127.0.0.1:${proxy.port}`,
    proxy,
    async restart() {
      await master.server.kill();
      await master.server.start();
    },
    async detachReplica() {
      // A master that was started again counts anew; only once the replica follows it do the counts speak of the same.
      await followed(replica);
      detachedAt = await replicationOffset(master);
      await replica.admin.replicaof('NO', 'ONE');
    },
    async failOver() {
      const lostBytes = (await replicationOffset(master)) - detachedAt;
      proxy.cut();
      await master.server.kill();
      master.admin.disconnect();
      await replica.admin.replicaof('NO', 'ONE');
      proxy.pointTo({ host: '127.0.0.1', port: replica.port });
      proxy.restore();
      const freePort = master.port;
      master = replica;
      replica = await startNode(freePort, master.port);
      await followed(replica);
      return { lostBytes };
    },
    async close() {
      master.admin.disconnect();
      replica.admin.disconnect();
      await proxy.close();
    },
  };
}

async function replicationOffset({ admin }: Node): Promise<number> {
  return Number(/master_repl_offset:(\d+)/.exec(await admin.info('replication'))?.[1]);
}

async function followed({ admin }: Node): Promise<void> {
  await eventually(async () => {
    const info = await admin.info('replication');
    if (!info.includes('master_link_status:up')) throw new Error(info);
  });
}
