import type { Environment } from '../../services/platform/runtime/load-config.ts';

/** What keeps the topics, consumer groups and Redis keys of one run apart from all others. */
export interface RunPrefixes {
  readonly topic: string;
  readonly group: string;
  readonly key: string;
}

export type RunKind = 'demo' | 'replay' | 'own';

/**
 * Simulator and replay runs begin empty: each gets a prefix of its own, unless the environment names one. Without
 * either (`own`) the installation's real topics are used.
 * @param startedAt epoch milliseconds; shown in UTC
 */
export function choosePrefixes(kind: RunKind, startedAt: number, env: Environment): RunPrefixes {
  const stamp = new Date(startedAt).toISOString().replace(/\D/g, '').slice(0, 14);
  const fresh = kind === 'own' ? '' : `${kind}-${stamp}-`;
  return {
    topic: env['TIDEWATCH_TOPIC_PREFIX'] ?? fresh,
    group: env['TIDEWATCH_GROUP_PREFIX'] ?? fresh,
    key: env['TIDEWATCH_KEY_PREFIX'] ?? fresh,
  };
}

const runPrefix = /^(?:demo|replay)-\d{14}-/;

/** The prefix of the simulator or replay run that a topic, group, subject or key belongs to; null where none does. */
export function prefixOfRun(name: string): string | null {
  return runPrefix.exec(name)?.[0] ?? null;
}
