import { topicsWithPrefix } from '../core/events/topics.ts';
import type { LogSource } from '../core/ports/log.ts';
import { createGroupCommits } from '../platform/kafka/group-commits.ts';
import type { KafkaClient } from '../platform/kafka/kafka-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { type Metrics, seriesPerPartition } from '../platform/telemetry/metrics.ts';
import { createBackfillTelemetry } from './backfill/backfill-telemetry.ts';
import { catchingUp } from './backfill/catching-up.ts';
import { createDroppingSink } from './backfill/dropping-sink.ts';
import { createTrailingSource } from './backfill/trailing-source.ts';
import { createTrailingSweep } from './backfill/trailing-sweep.ts';
import type { ScorerConfig } from './config.ts';
import type { ScorerDeps } from './scorer-deps.ts';
import { liveGroupId } from './scorer-group.ts';
import type { DaySweep } from './sweep/day-sweep.ts';

export interface BackfillOptions {
  readonly config: ScorerConfig;
  readonly client: KafkaClient;
  readonly metrics: Metrics;
}

export interface Backfill {
  readonly source: LogSource;
  readonly redis: RedisConnection;
  readonly deps: ScorerDeps;
  /** Why scorers should not be switched to its states yet. */
  readonly waitsFor: () => readonly string[];
  readonly trailSweep: (sweep: DaySweep) => DaySweep;
}

const observeEveryMs = 1_000;

const lagHelp = 'Records that the backfill is behind the live group.';

/** Makes a builder of shadow states out of the parts of a scorer: it trails the live group and publishes nothing. */
export function buildBackfill(scorer: Pick<Backfill, 'source' | 'redis' | 'deps'>, options: BackfillOptions): Backfill {
  const { config, client, metrics } = options;
  const { events: topic } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const live = createGroupCommits({ client, groupId: liveGroupId(config), topic });
  const source = createTrailingSource({ source: scorer.source, live, clock: scorer.deps.clock });
  const liveStore = createRedisStateStore({
    redis: scorer.redis,
    keyPrefix: config.TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX,
    namespace: 'customer',
  });
  const dropped = metrics.counter('tidewatch_backfill_dropped_total', 'Records that a backfill did not publish.');
  const lags = metrics.gauge('tidewatch_backfill_lag', lagHelp, ['partition'], seriesPerPartition);
  const observe = async (): Promise<void> => {
    await source.observeLive();
    lags.reset();
    for (const { partition, lag } of source.health()) if (lag !== null) lags.set({ partition }, lag);
  };
  // Without an answer the last one stands, and the next turn asks again.
  const timer = setInterval(() => void observe().catch(() => undefined), observeEveryMs).unref();
  return {
    source: {
      ...source,
      stop() {
        clearInterval(timer);
        return source.stop();
      },
    },
    deps: {
      ...scorer.deps,
      sink: createDroppingSink((records) => dropped.inc(records)),
      telemetry: createBackfillTelemetry(scorer.deps.telemetry),
    },
    redis: scorer.redis,
    trailSweep: (sweep) => createTrailingSweep({ ...scorer.deps, sweep, liveStore }),
    waitsFor: () => catchingUp(source.health(), source.hasSeenLive()),
  };
}
