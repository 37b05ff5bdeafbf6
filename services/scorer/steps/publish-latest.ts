import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { Score } from '../../core/scoring/score.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * The latest score of each customer of the chunk on the compacted topic, from what is stored: after a crash between
 * the write and the commit the marks skip the records, and this is repeated all the same. Compaction keeps what was
 * written last, so an unchanged customer who was in memory is passed over: theirs was published when it was written, and
 * a process that lost its partition without noticing would put it after that of the new owner.
 */
export function createPublishLatest(
  sink: LogSink,
  codec: RecordCodec<Score>,
  topic: string,
): (context: ScorerContext) => Promise<void> {
  return async function publishLatest(context) {
    const records: OutgoingRecord[] = [];
    for (const { key, state, isCached, isOnlyLookedAt, loadedVersion } of context.customers.values()) {
      if ((isCached || isOnlyLookedAt) && state.version === loadedVersion) continue;
      if (state.lastScore === null || state.withheld || state.erased) continue;
      const value = codec.frame(state.lastScore.body);
      records.push({ topic, key: key.surrogate, partition: context.chunk.partition, value });
    }
    if (records.length > 0) await sink.publish(records);
  };
}
