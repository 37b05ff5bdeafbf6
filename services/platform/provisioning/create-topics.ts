import { type TopicKey, topicNames } from '../../core/events/topics.ts';
import { waitForLeaders } from '../kafka/wait-for-leaders.ts';
import type { Logger } from '../telemetry/logger.ts';
import { growTopics } from './grow-topics.ts';
import { createMissingTopics } from './create-missing-topics.ts';
import type { TopicCreation } from './create-topic.ts';
import { warnOfDifferences } from './warn-of-differences.ts';

export interface CreateTopicsOptions extends TopicCreation {
  /** Wanted partitions of the events topic; ignored where it exists. */
  readonly partitions: number;
}

export interface CreatedTopics {
  /** Whether this very call created the events topic; true for one process only. */
  readonly hasCreatedEvents: boolean;
  /** Partitions the events topic has. */
  readonly partitions: number;
}

/** Creates the topics that do not exist, the events topic last: whoever sees it sees the others too. */
export async function createTopics(options: CreateTopicsOptions): Promise<CreatedTopics> {
  const { admin, topics, logger } = options;
  const existing = new Set(await admin.listTopics());
  const found = existing.has(topics.events) ? await countPartitions(options) : null;
  const shared = found ?? options.partitions;
  if (found !== null && found !== options.partitions) warnOfCount(logger, topics.events, found, options.partitions);
  const missing = (Object.keys(topicNames) as TopicKey[]).filter((key) => !existing.has(topics[key]));
  const others = missing.filter((key) => key !== 'events');
  await createMissingTopics(options, others, shared);
  await waitForLeaders(
    admin,
    others.map((key) => topics[key]),
  );
  const kept = (Object.keys(topicNames) as TopicKey[]).filter((key) => key !== 'events' && existing.has(topics[key]));
  await growTopics(options, kept, shared);
  const before = found === null ? kept : [...kept, 'events' as const];
  await warnOfDifferences(options, before, shared);
  const hasCreatedEvents = found === null && (await createMissingTopics(options, ['events'], shared)).length > 0;
  const partitions = await countPartitions(options);
  if (missing.length > 0) logger.info({ events: topics.events, created: missing.length, partitions }, 'topics created');
  return { hasCreatedEvents, partitions };
}

async function countPartitions({ admin, topics }: TopicCreation): Promise<number> {
  const [partitions] = await waitForLeaders(admin, [topics.events]);
  return partitions;
}

function warnOfCount(logger: Logger, topic: string, found: number, wanted: number): void {
  logger.warn(
    { topic, found, wanted },
    `Topic ${topic} has ${found} partitions, not the ${wanted} of TIDEWATCH_PARTITIONS; it stays as it is.`,
  );
}
