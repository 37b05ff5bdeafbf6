import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogChunk, LogSource, PartitionLease } from '../../core/ports/log.ts';
import type { EpochMs } from '../../core/units.ts';
import type { LiveProgress } from './live-progress.ts';

export interface TrailingSourceOptions {
  readonly source: LogSource;
  readonly live: LiveProgress;
  readonly clock: Clock;
}

export interface TrailingSource extends LogSource {
  /** Asks the live group where it is, so that `health` tells the present distance. */
  observeLive(): Promise<void>;
  /** Whether the live group's offsets are known yet. */
  hasSeenLive(): boolean;
}

/** Answers of the live group are good for so long: an old one only makes the follower wait a little longer. */
const freshMs = 200;

/**
 * A source that never runs ahead of the live group. A record that this process applied to the shadow states before the
 * live group has scored it would be skipped by whoever takes the shadow over, and never be scored: so a chunk is cut at
 * the live group's committed offset, and one that begins there waits (ERR_BACKFILL_AHEAD, tried again after a pause).
 * In `health` the lag is the distance to the live group, not to the end of the log.
 */
export function createTrailingSource({ source, live, clock }: TrailingSourceOptions): TrailingSource {
  const limits = new LiveLimits(live, clock);
  return {
    start(handle) {
      return source.start(async (chunk, lease) => {
        const limit = await limits.of(chunk);
        const allowed = chunk.records.filter(({ offset }) => offset < limit);
        if (allowed.length === 0) throw ahead(chunk, limit);
        if (allowed.length === chunk.records.length) return handle(chunk, lease);
        const watched = watchSeek(lease);
        await handle({ ...chunk, records: allowed }, watched.lease);
        // The rest of what was fetched is read again once the live group is past it.
        if (!watched.hasSought()) lease.seek(limit);
      });
    },
    onAssigned: (listener) => source.onAssigned(listener),
    onFatal: (listener) => source.onFatal(listener),
    health() {
      return source.health().map((each) => {
        if (limits.committed === null) return each;
        const lag = Math.max(0, (limits.committed.get(each.partition) ?? 0) - each.offset);
        // What the pace of the log says of another distance would be wrong.
        return { ...each, lag, ageMs: lag === 0 ? 0 : each.ageMs, catchUpSeconds: lag === 0 ? 0 : null };
      });
    },
    rewindIdle: (partition, offset) => source.rewindIdle(partition, offset),
    async stop() {
      await source.stop();
      await live.stop();
    },
    observeLive: () => limits.observe(),
    hasSeenLive: () => limits.committed !== null,
  };
}

class LiveLimits {
  committed: ReadonlyMap<number, number> | null = null;
  #askedAt: EpochMs = 0;
  readonly #live: LiveProgress;
  readonly #clock: Clock;

  constructor(live: LiveProgress, clock: Clock) {
    this.#live = live;
    this.#clock = clock;
  }

  async observe(): Promise<void> {
    this.committed = await this.#live.committed();
    this.#askedAt = this.#clock.now();
  }

  /** First offset of the chunk's partition that the live group has not scored, as far as the chunk needs it. */
  async of({ partition, records }: LogChunk): Promise<number> {
    const end = records[records.length - 1].offset + 1;
    const known = this.committed?.get(partition) ?? 0;
    if (known >= end) return known;
    if (this.committed === null || this.#clock.now() - this.#askedAt > freshMs) await this.observe();
    return this.committed?.get(partition) ?? 0;
  }
}

function watchSeek(lease: PartitionLease): { readonly lease: PartitionLease; hasSought(): boolean } {
  let sought = false;
  return {
    hasSought: () => sought,
    lease: {
      isCurrent: () => lease.isCurrent(),
      heartbeat: () => lease.heartbeat(),
      commit: (nextOffset) => lease.commit(nextOffset),
      seek(offset) {
        sought = true;
        lease.seek(offset);
      },
    },
  };
}

function ahead({ topic, partition, records }: LogChunk, limit: number): EngineError {
  return new EngineError(
    'ERR_BACKFILL_AHEAD',
    `The live group has scored partition ${partition} of ${topic} up to offset ${limit}; the backfill waits there.`,
    { retryable: true, context: { partition, offset: records[0].offset, live: limit } },
  );
}
