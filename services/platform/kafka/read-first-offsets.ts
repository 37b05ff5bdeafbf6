import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';

/** Oldest offset of each partition of a topic: above 0 where retention, or somebody, has cut its records. */
export async function readFirstOffsets(client: KafkaClient, topic: string): Promise<ReadonlyMap<number, number>> {
  const admin = client.admin();
  try {
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, low }) => [partition, Number(low)]));
  } catch (error) {
    throw toEngineError(error, `reading the offsets of ${topic}`, { topics: [topic] });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
