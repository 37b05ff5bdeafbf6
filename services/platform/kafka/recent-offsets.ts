import type { Admin } from 'kafkajs';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { GroupPosition } from './group-positions.ts';

/** By topic: how far back a group begins where it has never committed. */
export type BeginWithin = Readonly<Record<string, DurationMs>>;

/**
 * Where a group begins in partitions it has never committed, of topics that it takes up by time: at the first record that
 * was written at `now - within` or later, or at the end where there is none.
 */
export async function readRecentOffsets(
  admin: Admin,
  positions: readonly GroupPosition[],
  { beginWithin, now }: { readonly beginWithin: BeginWithin; readonly now: EpochMs },
): Promise<readonly GroupPosition[]> {
  const fresh = positions.filter(({ topic, committed, wasReset }) => {
    return committed === null && !wasReset && beginWithin[topic] !== undefined;
  });
  const found: GroupPosition[] = [];
  for (const topic of new Set(fresh.map((position) => position.topic))) {
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, now - beginWithin[topic]);
    const byPartition = new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
    for (const position of fresh) {
      const offset = byPartition.get(position.partition);
      if (position.topic === topic && offset !== undefined) found.push({ ...position, committed: offset });
    }
  }
  return found;
}
