import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { DurationMs } from '../../core/units.ts';

const intervalMs = 50;
const defaultTimeoutMs = 30_000;

/**
 * Resolves once every partition of the topics has a leader. kafkajs' own `waitForLeaders` repeats the creation when the
 * metadata lag behind, and then reports a topic that it made itself as one that existed.
 */
export async function waitForLeaders(
  admin: Admin,
  topics: readonly string[],
  timeoutMs: DurationMs = defaultTimeoutMs,
): Promise<void> {
  if (topics.length === 0) return;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      // A broker that has not heard of a topic yet answers with an error.
      if (performance.now() >= deadline) throw error;
    }
    if (performance.now() >= deadline) throw new Error(`no leader for every partition of ${topics.join(', ')}`);
    await pause(intervalMs);
  }
}
