/*
 * Takes away what a scorer does so that a crash costs nothing: the offset is committed before the chunk is worked on
 * (step 6 first), states are written by a plain HSET, there is no watermark and no ring of recent events. All else is
 * the scorer as it is.
 */
import { swapModules } from './swap-modules.ts';

const here = (file: string): URL => new URL(`./unsafe/${file}`, import.meta.url);

swapModules({
  'services/platform/kafka/kafka-source.ts': here('commit-first-source.ts'),
  'services/platform/redis/redis-state-store.ts': here('plain-state-store.ts'),
  'services/core/features/recent-ring.ts': here('no-recent-ring.ts'),
});
