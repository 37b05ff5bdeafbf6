import type { Admin } from 'kafkajs';
import type { LogBounds, LogBoundsReader } from '../../core/ports/log-bounds.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import { TopicIds } from './topic-ids.ts';

/** Connects at the first use, and anew after a failure. */
export function createKafkaLogBounds({ client, topic }: { client: KafkaClient; topic: string }): LogBoundsReader {
  let connection: Promise<Admin> | null = null;

  async function disconnect(): Promise<void> {
    const open = connection;
    connection = null;
    await (await open?.catch(() => null))?.disconnect();
  }

  return {
    async read() {
      try {
        const admin = await (connection ??= connect(client));
        return await boundsOf(admin, topic);
      } catch (error) {
        await disconnect().catch(() => undefined);
        throw toEngineError(error, `asking how far ${topic} reaches`, { topics: [topic] });
      }
    },
    stop: disconnect,
  };
}

async function connect(client: KafkaClient): Promise<Admin> {
  const admin = client.admin();
  await admin.connect();
  return admin;
}

/** The id is asked for before and after: the offsets between are then of that log. */
async function boundsOf(admin: Admin, topic: string): Promise<LogBounds> {
  const ids = new TopicIds(admin);
  for (;;) {
    const logId = await ids.of(topic);
    const offsets = await admin.fetchTopicOffsets(topic);
    if ((await ids.of(topic)) !== logId) continue;
    const sorted = [...offsets].sort((a, b) => a.partition - b.partition);
    return { logId, partitions: sorted.map(({ low, high }) => ({ first: Number(low), end: Number(high) })) };
  }
}
