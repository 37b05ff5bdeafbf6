import type { Topics } from '../../services/core/events/topics.ts';
import type { KafkaClient } from '../../services/platform/kafka/kafka-client.ts';

/** The topics a report is made from. */
export const reportedTopics = ['events', 'scores', 'tasks'] as const;

/** First offset of this run per topic and partition; what lies before belongs to earlier runs. */
export type LogStart = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Where the log ends now, that is, where this run begins. */
export async function readLogEnds(client: KafkaClient, topics: readonly string[]): Promise<LogStart> {
  const admin = client.admin();
  await admin.connect();
  try {
    const ends = new Map<string, ReadonlyMap<number, number>>();
    for (const topic of topics) {
      const offsets = await admin.fetchTopicOffsets(topic);
      ends.set(topic, new Map(offsets.map(({ partition, high }) => [partition, Number(high)])));
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/** The full names of the reported topics. */
export function reportedNames(topics: Topics): readonly string[] {
  return reportedTopics.map((key) => topics[key]);
}
