import type { LogEntry, logCreator } from 'kafkajs';
import type { Logger } from '../telemetry/logger.ts';

/** Numbers of kafkajs' levels. */
const clientLevels = { error: 1, warn: 2, info: 4 } as const;

/** Said at every start on purpose: retries are bounded because a caller repeats, and no topic depends on a default. */
const expected = [/^Limiting retries for the idempotent producer/, /^KafkaJS v2\.0\.0 switched default partitioner/];

const shownFields = ['groupId', 'memberId', 'topic', 'partition', 'broker', 'clientId', 'error', 'retryCount'] as const;

/**
 * Passes the client's own log on, one level lower: what matters reaches the caller as an EngineError, and an error that
 * the client retries by itself is a warning at most. Only named fields are taken, never payloads.
 */
export function createClientLog(logger: Logger): logCreator {
  return () => (entry) => {
    const { message } = entry.log;
    if (expected.some((pattern) => pattern.test(message))) return;
    logger[targetLevel(entry)](pickFields(entry), `kafkajs: ${message}`);
  };
}

/** The level at which kafkajs should call us at all, so that nothing is built that nobody reads. */
export function clientLogLevel(logger: Logger): number {
  return logger.isLevelEnabled('debug') ? clientLevels.info : clientLevels.warn;
}

function targetLevel({ level, log }: LogEntry): 'warn' | 'info' | 'debug' {
  // An answer with an error code in it comes to the caller too, who knows whether it was to be expected.
  if (log.message.startsWith('Response ')) return 'debug';
  if (level <= clientLevels.error) return 'warn';
  return level <= clientLevels.warn ? 'info' : 'debug';
}

function pickFields({ namespace, log }: LogEntry): Record<string, unknown> {
  const fields: Record<string, unknown> = { namespace };
  for (const name of shownFields) {
    const value: unknown = log[name];
    if (value !== undefined) fields[name === 'error' ? 'fault' : name] = value instanceof Error ? value.message : value;
  }
  return fields;
}
