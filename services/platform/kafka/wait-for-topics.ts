import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';

const intervalMs = 250;

export interface TopicWait {
  readonly timeoutMs: DurationMs;
  readonly signal?: AbortSignal;
}

/** Resolves once all topics exist; ERR_TOPIC_MISSING names those that do not after `timeoutMs`. */
export async function waitForTopics(
  admin: Admin,
  topics: readonly string[],
  { timeoutMs, signal }: TopicWait,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    if (Date.now() >= deadline) throw missingError(missing, timeoutMs);
    await pause(intervalMs, undefined, { signal });
  }
}

function missingError(missing: readonly string[], timeoutMs: DurationMs): EngineError {
  return new EngineError(
    'ERR_TOPIC_MISSING',
    `Topic ${missing.join(', ')} did not appear within ${timeoutMs / 1000} s. Start the service that creates the ` +
      'topics, or check the topic prefix.',
    { retryable: true, context: { topics: missing.join(',') } },
  );
}
