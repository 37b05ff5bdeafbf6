import { topicsWithPrefix } from '../../core/events/topics.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';

/**
 * Deletes the topics of a throw-away installation, and nothing else under its prefix.
 * @param prefix must not be empty: the topics without prefix are those of the real installation
 * @returns the topics that were there
 */
export async function deleteTopics(client: KafkaClient, prefix: string): Promise<string[]> {
  if (prefix === '') throw new RangeError('only topics with a prefix are deleted');
  const admin = client.admin();
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const topics = Object.values(topicsWithPrefix(prefix)).filter((topic) => existing.has(topic));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    return topics;
  } catch (error) {
    throw toEngineError(error, `deleting the topics of ${prefix}`);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
