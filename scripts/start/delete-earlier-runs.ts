import type { KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import type { RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { prefixOfRun } from './run-prefixes.ts';

export interface EarlierRunsOptions {
  readonly client: KafkaClient;
  readonly redis: RedisConnection;
  readonly schemaRegistry: string;
}

/**
 * Deletes what earlier simulator and replay runs left: topics, groups, subjects and Redis keys under their own prefixes,
 * nothing else. Only for a stack that is ours alone.
 * @returns the prefixes that were there
 */
export async function deleteEarlierRuns(options: EarlierRunsOptions): Promise<readonly string[]> {
  const prefixes = await deleteFromKafka(options.client);
  await deleteSubjects(options.schemaRegistry);
  await deleteKeys(options.redis);
  return prefixes;
}

async function deleteFromKafka(client: KafkaClient): Promise<readonly string[]> {
  const admin = client.admin();
  await admin.connect();
  try {
    const prefixes = new Set((await admin.listTopics()).map(prefixOfRun).filter((prefix) => prefix !== null));
    for (const prefix of prefixes) await deleteTopics(client, prefix);
    const { groups } = await admin.listGroups();
    const ids = groups.map((group) => group.groupId).filter((id) => prefixOfRun(id) !== null);
    // A group that somebody still sees a member of is not worth a failed start.
    if (ids.length > 0) await admin.deleteGroups(ids).catch(() => undefined);
    return [...prefixes];
  } finally {
    await admin.disconnect();
  }
}

/** Schemas without topics do no harm, so an unwilling registry is left alone. */
async function deleteSubjects(schemaRegistry: string): Promise<void> {
  const base = `${schemaRegistry.replace(/\/+$/, '')}/subjects`;
  const signal = AbortSignal.timeout(10_000);
  try {
    const subjects = (await (await fetch(base, { signal })).json()) as string[];
    const left = subjects.filter((subject) => prefixOfRun(subject) !== null);
    for (const subject of left) await fetch(`${base}/${encodeURIComponent(subject)}`, { method: 'DELETE', signal });
  } catch {
    return;
  }
}

async function deleteKeys({ client }: RedisConnection): Promise<void> {
  for (const kind of ['demo', 'replay']) {
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', `${kind}-*`, 'COUNT', 1_000);
      cursor = next;
      const ours = keys.filter((key) => prefixOfRun(key) !== null);
      if (ours.length > 0) await client.unlink(...ours);
    } while (cursor !== '0');
  }
}
