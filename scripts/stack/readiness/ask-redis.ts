import { Redis } from 'ioredis';

/** One PING; it fails while Redis is still loading its file. */
export async function askRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 5_000,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  // Without a listener the client prints the fault itself; the caller gets it by the rejected call.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
