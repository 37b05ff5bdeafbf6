import type { IngestInstallation } from './ingest-installation.ts';

/** What a minute does to claims that nobody confirmed. Only for an installation of which no ingest is at work. */
export async function lapseOpenClaims({ prefix, redis }: Pick<IngestInstallation, 'prefix' | 'redis'>): Promise<void> {
  const { client } = redis.redis;
  for await (const keys of client.scanStream({ match: `${prefix}claim:*`, count: 1000 })) {
    for (const key of keys as string[]) {
      if ((await client.get(key))?.startsWith('c|') === true) await client.del(key);
    }
  }
}
