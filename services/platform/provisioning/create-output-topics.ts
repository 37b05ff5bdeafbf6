import type { TopicKey, Topics } from '../../core/events/topics.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';
import { waitForLeaders } from '../kafka/wait-for-leaders.ts';
import type { Logger } from '../telemetry/logger.ts';
import { growTopics } from './grow-topics.ts';
import { createMissingTopics } from './create-missing-topics.ts';

/** What a scorer writes; a twin writes it under a prefix of its own, next to the same events. */
const outputKeys = [
  'eventsDeadLetter', 'eventsLate', 'scores', 'scoresLatest', 'segments', 'kpiFacts',
] as const satisfies readonly TopicKey[]; // prettier-ignore

export interface CreateOutputTopicsOptions {
  readonly client: KafkaClient;
  readonly topics: Topics;
  /** Partitions of the events topic that is read. */
  readonly partitions: number;
  readonly logger: Logger;
  readonly replicationFactor?: number;
}

const brokerDefault = -1;

/** Creates the output topics that do not exist. */
export async function createOutputTopics(options: CreateOutputTopicsOptions): Promise<void> {
  const { client, topics, partitions, logger, replicationFactor = brokerDefault } = options;
  const admin = client.admin();
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const creation = { admin, topics, replicationFactor, logger };
    const missing = outputKeys.filter((key) => !existing.has(topics[key]));
    await createMissingTopics(creation, missing, partitions);
    await growTopics(
      creation,
      outputKeys.filter((key) => existing.has(topics[key])),
      partitions,
    );
    await waitForLeaders(
      admin,
      missing.map((key) => topics[key]),
    );
  } catch (error) {
    throw toEngineError(error, 'creating the output topics');
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
