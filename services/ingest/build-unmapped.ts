import type { UnmappedStore } from '../core/ports/unmapped-store.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { createRedisUnmappedStore } from '../platform/redis/redis-unmapped-store.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { createUnmappedBook, namesPerTenant } from './unmapped/unmapped-book.ts';
import type { UnmappedBook } from './unmapped/unmapped-book.ts';

export interface UnmappedParts {
  readonly store: UnmappedStore;
  readonly book: UnmappedBook;
  readonly unmapped: IngestTelemetry['unmapped'];
  /** Writes what is left; to be called before Redis is closed. */
  stop(): Promise<void>;
}

const flushMs = 2_000;
const keptDays = 90;

/** What remembers names that the plan does not know, in memory for moments and in Redis for all processes. */
export function buildUnmapped(redis: RedisConnection, keyPrefix: string, telemetry: IngestTelemetry): UnmappedParts {
  const store = createRedisUnmappedStore({ redis, keyPrefix, namesPerTenant, keptDays });
  const book = createUnmappedBook(store);
  const unwritten = (error: unknown): void => telemetry.unmappedUnwritten(error);
  const end = repeatWork(() => book.flush(), flushMs, unwritten);
  return {
    store,
    book,
    unmapped(tenant, source, names) {
      telemetry.unmapped(tenant, source, names);
      book.note(tenant, source, names, systemClock.now());
    },
    async stop() {
      await end();
      await book.flush().catch(unwritten);
    },
  };
}
