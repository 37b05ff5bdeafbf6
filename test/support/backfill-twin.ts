import type { StateStore } from '../../services/core/ports/state-store.ts';
import { createDroppingSink } from '../../services/scorer/backfill/dropping-sink.ts';
import { createTrailingSource, type TrailingSource } from '../../services/scorer/backfill/trailing-source.ts';
import { scorerTwin, twinTopics, type ScorerTwin, type TwinOptions, type TwinWorld } from './scorer-twin.ts';

export interface BackfillTwin extends ScorerTwin {
  readonly source: TrailingSource;
  /** Records it did not publish. */
  dropped(): number;
}

/** A builder of the states in `store` on the in-process twins, behind the group `scorer`; not started. */
export function backfillTwin(
  world: TwinWorld,
  store: StateStore,
  options: Pick<TwinOptions, 'maxChunkRecords' | 'cacheCustomers' | 'onStage'> = {},
): BackfillTwin {
  let source: TrailingSource | null = null;
  let dropped = 0;
  let now = 0;
  const twin = scorerTwin(world, {
    ...options,
    groupId: 'scorer.backfill',
    store,
    sink: createDroppingSink((records) => (dropped += records)),
    wrapSource(read) {
      const live = { committed: () => Promise.resolve(committedOf(world)), stop: () => Promise.resolve() };
      // Each question finds the answer before it too old.
      const clock = { now: () => (now += 1_000), sleep: () => Promise.resolve() };
      source = createTrailingSource({ source: read, live, clock });
      return source;
    },
  });
  return { ...twin, source: source!, dropped: () => dropped };
}

function committedOf({ log }: TwinWorld): ReadonlyMap<number, number> {
  const partitions = new Set(log.records(twinTopics.events).map(({ partition }) => partition));
  const offsets = [...partitions].map((partition) => [
    partition,
    log.committed('scorer', twinTopics.events, partition),
  ]);
  return new Map(offsets.filter((each): each is [number, number] => each[1] !== null));
}
