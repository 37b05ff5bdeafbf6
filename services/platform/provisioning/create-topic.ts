import type { TopicKey, Topics } from '../../core/events/topics.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import { partitionsOf, topicPolicies, topicSettings } from './topic-policies.ts';

export interface TopicCreation {
  readonly admin: ReturnType<KafkaClient['admin']>;
  readonly topics: Topics;
  /** -1 is the broker's own default. */
  readonly replicationFactor: number;
  readonly logger: Logger;
}

/**
 * Creates one topic by its policy; `waitForLeaders` says when it can be used.
 * @param shared partitions of the events topic
 * @returns false where it exists already, though only since a moment ago
 */
export async function createTopic(creation: TopicCreation, key: TopicKey, shared: number): Promise<boolean> {
  const policy = topicPolicies[key];
  const topic = creation.topics[key];
  const isCreated = await creation.admin.createTopics({
    // The client's own waiting fails on a topic that the broker does not know of yet, although it was created.
    waitForLeaders: false,
    topics: [
      {
        topic,
        numPartitions: partitionsOf(policy, shared),
        replicationFactor: creation.replicationFactor,
        configEntries: topicSettings(policy),
      },
    ],
  });
  if (isCreated) creation.logger.debug({ topic }, 'topic created');
  return isCreated;
}
