import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { DurationMs } from '../../core/units.ts';
import { toEngineError } from './kafka-errors.ts';

const intervalMs = 50;
const defaultTimeoutMs: DurationMs = 30_000;

/**
 * Resolves once every partition of the topics has a leader; a topic is created a moment before brokers know of it.
 * @returns the number of partitions of each topic, in order
 */
export async function waitForLeaders(
  admin: Admin,
  topics: readonly string[],
  timeoutMs: DurationMs = defaultTimeoutMs,
): Promise<number[]> {
  // An empty list would ask for all topics of the broker.
  if (topics.length === 0) return [];
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
      const partitions = new Map(metadata.topics.map((topic) => [topic.name, topic.partitions]));
      const found = topics.map((topic) => partitions.get(topic) ?? []);
      if (found.every((entries) => entries.length > 0 && entries.every(({ leader }) => leader >= 0))) {
        return found.map((entries) => entries.length);
      }
      if (Date.now() >= deadline) throw new Error(`no leader for every partition of ${topics.join(', ')}`);
    } catch (error) {
      const fault = toEngineError(error, 'waiting for the leaders of new topics');
      if (!fault.retryable || Date.now() >= deadline) throw fault;
    }
    await pause(intervalMs);
  }
}
