import type { Admin } from 'kafkajs';

/** Where a group stands in one partition, and what the broker still has of it. */
export interface GroupPosition {
  readonly topic: string;
  readonly partition: number;
  /** Null where the group never committed. */
  readonly committed: number | null;
  readonly low: number;
  readonly high: number;
}

/** Where reading will go on: the committed offset, or the oldest record where that is gone or was never there. */
export function resumeOffset({ committed, low }: GroupPosition): number {
  return committed === null ? low : Math.max(committed, low);
}

/** How many records the group had not read yet when retention took them; 0 when all is well. */
export function lostRecords({ committed, low }: GroupPosition): number {
  return committed === null ? 0 : Math.max(0, low - committed);
}

export async function readGroupPositions(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<GroupPosition[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const positions: GroupPosition[] = [];
  for (const topic of topics) {
    const commits = new Map(
      committed.find((entry) => entry.topic === topic)?.partitions.map((entry) => [entry.partition, entry.offset]),
    );
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      const offset = Number(commits.get(partition) ?? -1);
      positions.push({
        topic,
        partition,
        committed: offset < 0 ? null : offset,
        low: Number(low),
        high: Number(high),
      });
    }
  }
  return positions;
}
