import type { Admin } from 'kafkajs';
import { toEngineError } from './kafka-errors.ts';

/** Where a group stands in one partition, and what the broker has of it. */
export interface GroupPosition {
  readonly topic: string;
  readonly partition: number;
  /** Null where the group never committed. */
  readonly committed: number | null;
  /** The client itself has put the mark "from the oldest record" in the place of an offset the log no longer held. */
  readonly wasReset: boolean;
  readonly low: number;
  readonly high: number;
}

/** Where reading goes on: the committed offset, or the oldest record where the log does not hold that offset. */
export function resumeOffset({ committed, low, high }: GroupPosition): number {
  return committed === null || committed < low || committed > high ? low : committed;
}

/** Whether records the group had not read yet are gone (retention), or records it had read are (a topic made anew). */
export function isOffsetLost({ committed, low, high, wasReset }: GroupPosition): boolean {
  return wasReset || (committed !== null && (committed < low || committed > high));
}

/** What kafkajs commits where a fetch finds an offset out of range, before anybody is asked. */
const oldestMark = -2;

/** Where a group stands in every partition of the topics. @throws EngineError as the client's fault means for us */
export async function readGroupPositions(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<GroupPosition[]> {
  try {
    return await askForPositions(admin, groupId, topics);
  } catch (error) {
    throw toEngineError(error, `reading the committed offsets of ${groupId}`, {
      topics,
      operation: 'Describe',
      group: groupId,
    });
  }
}

async function askForPositions(admin: Admin, groupId: string, topics: readonly string[]): Promise<GroupPosition[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const positions: GroupPosition[] = [];
  for (const topic of topics) {
    const commits = committed.find((entry) => entry.topic === topic)?.partitions ?? [];
    const offsets = new Map(commits.map((entry) => [entry.partition, Number(entry.offset)]));
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      const offset = offsets.get(partition) ?? -1;
      positions.push({
        topic,
        partition,
        committed: offset < 0 ? null : offset,
        wasReset: offset === oldestMark,
        low: Number(low),
        high: Number(high),
      });
    }
  }
  return positions;
}
