import { stackAddresses } from './stack-addresses.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A way to the Redis of the test stack that a test may close. */
export async function openRedisWay(): Promise<TcpProxy & { readonly url: string }> {
  const redis = new URL(stackAddresses.redis);
  const way = await openTcpProxy({ host: redis.hostname, port: Number(redis.port) });
  redis.hostname = '127.0.0.1';
  redis.port = String(way.port);
  return { ...way, url: redis.toString() };
}
