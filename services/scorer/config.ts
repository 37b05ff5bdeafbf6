import { z } from 'zod';
import { modelConfig } from '../platform/runtime/model-config.ts';
import { consumerConfig } from '../platform/runtime/consumer-config.ts';
import { commonConfig } from '../platform/runtime/common-config.ts';
import { integerSetting, portSetting, switchSetting } from '../platform/runtime/config-values.ts';

/** Configuration of the scorer; see docs/reference/configuration.md. */
export const scorerConfig = z
  .object({
    ...commonConfig,
    ...consumerConfig,
    ...modelConfig,
    TIDEWATCH_SCORER_PORT: portSetting(8082),
    TIDEWATCH_OUTPUT_TOPIC_PREFIX: z.string().optional(),
    TIDEWATCH_CACHE_CUSTOMERS: integerSetting(0, 10_000_000).default(100_000),
    TIDEWATCH_PARTITIONS_CONCURRENTLY: integerSetting(1, 64).default(4),
    TIDEWATCH_DAY_ENDS: z.enum(['clock', 'log'], 'must be clock or log').default('clock'),
    TIDEWATCH_DAY_GRACE_MS: integerSetting(0, 86_400_000).default(900_000),
    TIDEWATCH_FAULT: z.string().optional(),
    TIDEWATCH_ALLOW_FAULTS: switchSetting(),
    TIDEWATCH_BACKFILL: switchSetting(),
    TIDEWATCH_BACKFILL_GROUP: z.string().optional(),
    TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX: z.string().default(''),
    TIDEWATCH_POLICY_FILE: z.string().optional(),
    TIDEWATCH_OFFERS_FILE: z.string().optional(),
  })
  .refine(
    (config) => !config.TIDEWATCH_BACKFILL || config.TIDEWATCH_KEY_PREFIX !== config.TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX,
    {
      path: ['TIDEWATCH_KEY_PREFIX'],
      message:
        'must differ from TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX: a backfill writes its states beside those of the live scorers',
    },
  );

export type ScorerConfig = z.infer<typeof scorerConfig>;
