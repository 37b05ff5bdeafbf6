import type { RedisOptions } from 'ioredis';
import type { RedisAddress } from '../runtime/connections.ts';

const retryMs = 500;

/** Where and as whom to connect, in the words of the client library. */
export function addressOptions({ url, username, password, ca, sentinels }: RedisAddress): RedisOptions {
  const address = new URL(url);
  const isSecure = address.protocol === 'rediss:';
  const tls = isSecure ? { tls: ca === undefined ? {} : { ca } } : {};
  const database = Number(address.pathname.slice(1));
  const user = username ?? decodeURIComponent(address.username);
  const secret = password ?? decodeURIComponent(address.password);
  const login = {
    ...(user === '' ? {} : { username: user }),
    ...(secret === '' ? {} : { password: secret }),
    ...(Number.isInteger(database) && database > 0 ? { db: database } : {}),
    ...tls,
  };
  if (sentinels === undefined) {
    const host = address.hostname.replace(/^\[|\]$/g, '');
    return { host, port: address.port === '' ? 6379 : Number(address.port), ...login };
  }
  return {
    ...login,
    sentinels: [...sentinels.addresses],
    name: sentinels.name,
    ...(sentinels.username === undefined ? {} : { sentinelUsername: sentinels.username }),
    ...(sentinels.password === undefined ? {} : { sentinelPassword: sentinels.password }),
    // The client library does not take TLS over to a master that sentinels name, unless it is told.
    ...(isSecure ? { enableTLSForSentinelMode: true, sentinelTLS: tls.tls } : {}),
    sentinelRetryStrategy: () => retryMs,
  };
}
