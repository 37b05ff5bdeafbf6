import type { LocalLayout } from './local-layout.ts';
import type { ProcessSpec } from './process-spec.ts';

/** Writes every second to its append-only file and refuses writes rather than evicting a customer's state. */
export function redisSpec(layout: LocalLayout): ProcessSpec {
  const settings = {
    bind: '127.0.0.1',
    port: String(layout.ports.redis),
    dir: layout.redisData,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '',
    daemonize: 'no',
  };
  return {
    name: 'redis',
    command: layout.redisServer,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    cwd: layout.home,
    env: {},
    startedMark: /Ready to accept connections/,
    graceMs: 10_000,
  };
}
