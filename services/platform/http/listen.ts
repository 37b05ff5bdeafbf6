import { isIPv6 } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '../../core/errors.ts';

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Whether somebody asked for this very port; otherwise a free one is taken when it is in use. */
  readonly explicit: boolean;
}

/** Starts listening and returns the address that a client on this machine can use, `http://host:port`. */
export async function listen(server: FastifyInstance, options: ListenOptions): Promise<string> {
  const { host, port, explicit } = options;
  try {
    await server.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code !== 'EADDRINUSE' || explicit) throw toListenError(error, code, options);
    await server.listen({ host, port: 0 });
    server.log.warn({ wanted: port, port: portOf(server) }, 'the usual port is taken; listening on a free one');
  }
  return `http://${reachableHost(host)}:${portOf(server)}`;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another process; stop that process or set another port',
  EACCES: 'may not be used by this user; set a port above 1023',
  EADDRNOTAVAIL: 'is not an address of this machine; set TIDEWATCH_HOST to one that is',
  ENOTFOUND: 'has a host that is not known here; set TIDEWATCH_HOST to an address of this machine',
};

function toListenError(cause: unknown, code: string, { host, port }: ListenOptions): unknown {
  const reason = reasons[code];
  if (reason === undefined) return cause;
  const message = `the address ${host}:${port} ${reason}`;
  const name = code === 'EADDRINUSE' ? 'ERR_PORT_IN_USE' : 'ERR_CONFIG_INVALID';
  return new EngineError(name, message, { retryable: false, context: { host, port }, cause });
}

function portOf(server: FastifyInstance): number {
  return (server.server.address() as AddressInfo).port;
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}
