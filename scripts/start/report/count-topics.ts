import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { Topics } from '../../../services/core/events/topics.ts';
import type { LogChunk } from '../../../services/core/ports/log.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import type { SchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import type { Logger } from '../../../services/platform/telemetry/logger.ts';
import type { LogStart } from '../log-scope.ts';
import { readTopics } from './read-topics.ts';
import { createTopicTally, type EventOwnership, type TopicCounts } from './topic-tally.ts';

export interface CountTopicsOptions {
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly logger: Logger;
  readonly topics: Topics;
  readonly groupPrefix: string;
  readonly from: LogStart;
  readonly ownership: EventOwnership;
}

/** Counts events, scores and tasks on the topics themselves: the other side of the books. */
export async function countTopics(options: CountTopicsOptions): Promise<TopicCounts> {
  const { registry, topics } = options;
  const tally = createTopicTally(options.ownership);
  const takers = new Map([
    [topics.events, taker(await registry.codec<CustomerRecord>(topics.events, 'customer-event'), tally.addEvent)],
    [topics.scores, taker(await registry.codec<Score>(topics.scores, 'score'), tally.addScore)],
    [topics.tasks, taker(await registry.codec<RetentionTask>(topics.tasks, 'retention-task'), tally.addTask)],
  ]);
  await readTopics({ ...options, take: async (chunk) => await takers.get(chunk.topic)?.(chunk) });
  return tally.counts();
}

/** What cannot be decoded is not counted: then the books show what is missing. */
function taker<T>(codec: RecordCodec<T>, add: (value: T) => void): (chunk: LogChunk) => Promise<void> {
  return async ({ records }) => {
    const values = await codec.decode(records.map((record) => record.value).filter((value) => value !== null));
    for (const value of values) if (!(value instanceof Error)) add(value);
  };
}
