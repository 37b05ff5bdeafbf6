import type { Topics } from '../../services/core/events/topics.ts';
import { type GroupPosition, readGroupPositions, resumeOffset } from '../../services/platform/kafka/group-positions.ts';
import type { KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { pause } from './pause.ts';
import type { RunPrefixes } from './run-prefixes.ts';

export interface DrainOptions {
  readonly client: KafkaClient;
  readonly topics: Topics;
  readonly prefixes: RunPrefixes;
  /** Gives up when the lag has not shrunk for so long. */
  readonly patienceMs: number;
  readonly onLag?: (lag: number) => void;
}

/**
 * Waits until scorer and alerts have committed everything that is on their topics. The scorer is looked at first: once
 * it is done nothing new comes onto the scores topic.
 * @returns records left when patience ran out, 0 when drained
 */
export async function waitUntilDrained(options: DrainOptions): Promise<number> {
  const admin = options.client.admin();
  await admin.connect();
  try {
    const lagOf = async (group: string, topic: string): Promise<number> =>
      recordsLeft(await readGroupPositions(admin, options.prefixes.group + group, [topic]));
    let smallest = Infinity;
    let deadline = Date.now() + options.patienceMs;
    for (;;) {
      const scorerLag = await lagOf('tidewatch.scorer', options.topics.events);
      const lag = scorerLag + (await lagOf('tidewatch.alerts', options.topics.scores));
      options.onLag?.(lag);
      if (lag === 0) return 0;
      if (lag < smallest) {
        smallest = lag;
        deadline = Date.now() + options.patienceMs;
      }
      if (Date.now() > deadline) return lag;
      await pause(200);
    }
  } finally {
    await admin.disconnect();
  }
}

/** Never below 0: an offset behind the end of a partition must not make up for what is left in another. */
function recordsLeft(positions: readonly GroupPosition[]): number {
  if (positions.length === 0) return Infinity;
  return positions.reduce((sum, position) => sum + position.high - resumeOffset(position), 0);
}
