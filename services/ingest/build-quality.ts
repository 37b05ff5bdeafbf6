import type { DurationMs } from '../core/units.ts';
import type { QualityStore } from '../core/ports/quality-store.ts';
import { createRedisQualityStore } from '../platform/redis/redis-quality-store.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { createQualityCheck } from './quality/check-quality.ts';
import type { QualityCheckDeps } from './quality/check-quality.ts';
import { createQualityBook } from './quality/quality-book.ts';
import type { QualityBook } from './quality/quality-book.ts';
import { mostQualityDays } from './quality/quality-routes.ts';

export interface QualityParts {
  readonly store: QualityStore;
  readonly book: QualityBook;
  readonly observed: IngestTelemetry['observed'];
  /** Writes what is left; to be called before Redis is closed. */
  stop(): Promise<void>;
}

export interface QualityOptions extends Pick<QualityCheckDeps, 'tenants' | 'targets'> {
  readonly redis: RedisConnection;
  readonly keyPrefix: string;
  readonly telemetry: IngestTelemetry;
  readonly checkEveryMs: DurationMs;
}

const flushMs = 2_000;

/** What counts the quality of sources, in memory for moments and in Redis for as long as it is asked for. */
export function buildQuality(options: QualityOptions): QualityParts {
  const { redis, keyPrefix, telemetry, tenants, targets } = options;
  const store = createRedisQualityStore({ redis, keyPrefix, keptDays: mostQualityDays + 2 });
  const book = createQualityBook(store);
  const unwritten = (error: unknown): void => telemetry.qualityUnwritten(error);
  const end = repeatWork(() => book.flush(), flushMs, unwritten);
  const check = createQualityCheck({
    ...{ store, book, tenants, targets, now: () => systemClock.now() },
    checked: (scores) => telemetry.qualityChecked(scores),
    changed: (score) => telemetry.qualityChanged(score),
  });
  const endChecks = repeatWork(check, options.checkEveryMs, (error) => telemetry.qualityUnchecked(error));
  return {
    store,
    book,
    observed(sender, receivedAt, events) {
      telemetry.observed(sender, receivedAt, events);
      book.note(sender, receivedAt, events);
    },
    async stop() {
      await Promise.all([end(), endChecks()]);
      await book.flush().catch(unwritten);
    },
  };
}
