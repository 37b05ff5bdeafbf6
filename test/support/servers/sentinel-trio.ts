import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisSpec } from '../../../scripts/stack/local/redis-spec.ts';
import { askRedis } from '../../../scripts/stack/readiness/ask-redis.ts';
import { eventually } from '../eventually.ts';
import { createKillableServer, type KillableServer } from './killable-server.ts';
import type { ServerHome } from './server-home.ts';

/** A master, its replica, and a sentinel that promotes the replica when the master is gone. */
export interface SentinelTrio {
  /** `host:port` of the sentinel. */
  readonly sentinel: string;
  /** Name of the master there. */
  readonly name: string;
  readonly masterPort: number;
  readonly replicaPort: number;
  /** Resolves once the replica holds all that the master has acknowledged so far. */
  replicated(): Promise<void>;
  /** kill -9. */
  killMaster(): Promise<void>;
  /** The old master comes back; resolves once the sentinel has made it a replica of the promoted one. */
  returnMaster(): Promise<void>;
  close(): void;
}

const name = 'mymaster';

export async function startSentinelTrio(home: ServerHome): Promise<SentinelTrio> {
  const { redis: masterPort, registry: replicaPort, kafka: sentinelPort } = home.layout.ports;
  const master = await startRedis(home, masterPort, []);
  const replica = await startRedis(home, replicaPort, ['--replicaof', '127.0.0.1', String(masterPort)]);
  const followed = eventually(async () => {
    const info = await replica.admin.info('replication');
    if (!info.includes('master_link_status:up')) throw new Error(info);
  });
  await followed;
  await startSentinel(home, sentinelPort, masterPort);
  return {
    sentinel: `127.0.0.1:${sentinelPort}`,
    name,
    ...{ masterPort, replicaPort },
    async replicated() {
      const offset = async ({ admin }: RunningRedis, field: string): Promise<number> =>
        Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(await admin.info('replication'))?.[1]);
      const wanted = await offset(master, 'master_repl_offset');
      await eventually(async () => {
        const has = await offset(replica, 'slave_repl_offset');
        if (!(has >= wanted)) throw new Error(`the replica is at ${has} of ${wanted}`);
      });
    },
    killMaster: () => master.server.kill(),
    async returnMaster() {
      await master.server.start();
      await eventually(
        async () => {
          const info = await master.admin.info('replication');
          if (!info.includes('role:slave')) throw new Error(info);
        },
        { timeoutMs: 60_000 },
      );
    },
    close() {
      master.admin.disconnect();
      replica.admin.disconnect();
    },
  };
}

interface RunningRedis {
  readonly server: KillableServer;
  readonly admin: Redis;
}

async function startRedis(home: ServerHome, port: number, more: readonly string[]): Promise<RunningRedis> {
  const serverName = `redis-${port}`;
  const redisData = join(home.layout.data, serverName);
  await mkdir(redisData, { recursive: true });
  const spec = redisSpec({ ...home.layout, redisData, ports: { ...home.layout.ports, redis: port } });
  const args = [...spec.args, '--repl-diskless-sync-delay', '0', ...more];
  const url = `redis://127.0.0.1:${port}`;
  const server = createKillableServer(home, { ...spec, name: serverName, args }, () => askRedis(url));
  await server.start();
  const admin = new Redis(url, { retryStrategy: () => 50 });
  admin.on('error', () => undefined);
  return { server, admin };
}

async function startSentinel(home: ServerHome, port: number, masterPort: number): Promise<void> {
  const folder = join(home.layout.data, 'sentinel');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'sentinel.conf');
  const lines = [
    ...['bind 127.0.0.1', `port ${port}`, `dir ${folder}`, `sentinel monitor ${name} 127.0.0.1 ${masterPort} 1`],
    ...[`sentinel down-after-milliseconds ${name} 1000`, `sentinel failover-timeout ${name} 5000`],
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const spec = {
    ...redisSpec(home.layout),
    name: 'sentinel',
    args: [file, '--sentinel'],
    startedMark: /\+monitor master/,
  };
  const admin = new Redis({ host: '127.0.0.1', port, retryStrategy: () => 50 });
  admin.on('error', () => undefined);
  try {
    // It finds the replica by asking the master; before that it could promote nobody.
    await createKillableServer(home, spec, async () => {
      const replicas = (await admin.call('SENTINEL', 'REPLICAS', name)) as unknown[];
      if (replicas.length !== 1) throw new Error(`the sentinel knows ${replicas.length} replicas`);
    }).start();
  } finally {
    admin.disconnect();
  }
}
