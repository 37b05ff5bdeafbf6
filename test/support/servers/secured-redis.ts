import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redisSpec } from '../../../scripts/stack/local/redis-spec.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import type { RedisAddress } from '../../../services/platform/runtime/connections.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import type { Certificates } from './certificates.ts';
import { createKillableServer } from './killable-server.ts';
import type { ServerHome } from './server-home.ts';

export interface SecuredRedis {
  /** `rediss://host:port`, without a user. */
  readonly url: string;
  /** `host:port` of a sentinel that knows the server as `mymaster`; by TLS, with its own password. */
  readonly sentinel: string;
  readonly sentinelPassword: string;
}

const sentinelPassword = 'sentinel-s3cret';
const logger = createLogger({ name: 'test', level: 'silent' });

/**
 * A Redis of the test's own that takes TLS only and has no user but those of `acl`, and a sentinel beside it. A
 * redis-server that was built without TLS fails here, by name.
 * @param acl lines of an ACL file; `admin` with `password` must be among them
 */
export async function startSecuredRedis(
  home: ServerHome,
  certificates: Certificates,
  acl: { readonly lines: readonly string[]; readonly admin: string; readonly password: string },
): Promise<SecuredRedis> {
  const { layout } = home;
  const { redis: port, registry: sentinelPort } = layout.ports;
  await mkdir(layout.redisData, { recursive: true });
  const aclFile = join(layout.home, 'users.acl');
  await writeFile(aclFile, `${acl.lines.join('\n')}\n`);
  const { certFile, keyFile, caFile, ca } = certificates;
  const tls = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', caFile];
  const spec = redisSpec(layout);
  const secured = ['--port', '0', '--tls-port', String(port), ...tls, '--tls-auth-clients', 'no', '--aclfile', aclFile];
  const url = `rediss://127.0.0.1:${port}`;
  const login = { username: acl.admin, password: acl.password, ca };
  await startServer(home, { ...spec, args: [...spec.args, ...secured] }, { url, ...login });

  const sentinelFile = join(layout.home, 'sentinel.conf');
  const lines = [
    ...['bind 127.0.0.1', 'port 0', `tls-port ${sentinelPort}`, 'tls-auth-clients no', 'tls-replication yes'],
    ...[`tls-cert-file ${certFile}`, `tls-key-file ${keyFile}`, `tls-ca-cert-file ${caFile}`],
    ...[`dir ${layout.scratch}`, `requirepass ${sentinelPassword}`],
    `sentinel monitor mymaster 127.0.0.1 ${port} 1`,
    ...[`sentinel auth-user mymaster ${acl.admin}`, `sentinel auth-pass mymaster ${acl.password}`],
  ];
  await writeFile(sentinelFile, `${lines.join('\n')}\n`);
  const addresses = [{ host: '127.0.0.1', port: sentinelPort }];
  const sentinels = { addresses, name: 'mymaster', password: sentinelPassword };
  const sentinelSpec = {
    ...spec,
    name: 'sentinel',
    args: [sentinelFile, '--sentinel'],
    startedMark: /\+monitor master/,
  };
  await startServer(home, sentinelSpec, { url: 'rediss://nowhere.invalid', ...login, sentinels });
  return { url, sentinel: `127.0.0.1:${sentinelPort}`, sentinelPassword };
}

async function startServer(home: ServerHome, spec: ReturnType<typeof redisSpec>, address: RedisAddress): Promise<void> {
  const redis = createRedis({ ...address, logger, name: 'test' });
  try {
    await createKillableServer(home, spec, () => redis.check()).start();
  } finally {
    await redis.close();
  }
}
