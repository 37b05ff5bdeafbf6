import type { TopicKey } from '../../core/events/topics.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';
import { waitForLeaders } from '../kafka/wait-for-leaders.ts';
import type { TopicCreation } from './create-topic.ts';
import { topicPolicies } from './topic-policies.ts';

/**
 * Gives topics that share their partition count with the events topic as many partitions as that has by now: a scorer
 * writes what it makes of a partition to the partition of the same number. None ever loses a partition.
 */
export async function growTopics(
  { admin, topics, logger }: TopicCreation,
  keys: readonly TopicKey[],
  partitions: number,
): Promise<void> {
  const names = keys.filter((key) => topicPolicies[key].partitions === 'shared').map((key) => topics[key]);
  const small = await findSmaller();
  if (small.length === 0) return;
  try {
    await admin.createPartitions({ topicPartitions: small.map((topic) => ({ topic, count: partitions })) });
    logger.info({ topics: small, partitions }, 'topics grown to the partitions of the events topic');
  } catch (error) {
    // Another process may have been faster.
    if ((await findSmaller()).length === 0) return;
    const what = `giving ${partitions} partitions, as many as the events topic has, to ${small.join(', ')}`;
    throw toEngineError(error, what, { topics: small, operation: 'Alter' });
  }

  async function findSmaller(): Promise<string[]> {
    const counts = await waitForLeaders(admin, names);
    return names.filter((_, i) => counts[i] < partitions);
  }
}
