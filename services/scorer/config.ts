import { z } from 'zod';
import { commonConfig } from '../platform/runtime/common-config.ts';

/** Configuration of the scorer; see docs/reference/configuration.md. */
export const scorerConfig = z.object({
  ...commonConfig,
  TIDEWATCH_SCORER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TIDEWATCH_OUTPUT_TOPIC_PREFIX: z.string().optional(),
  TIDEWATCH_CACHE_CUSTOMERS: z.coerce.number().int().min(0).default(100_000),
  TIDEWATCH_PARTITIONS_CONCURRENTLY: z.coerce.number().int().min(1).max(64).default(4),
  TIDEWATCH_SESSION_TIMEOUT_MS: z.coerce.number().int().min(6_000).max(300_000).default(10_000),
  TIDEWATCH_MODEL_VERSION: z
    .string()
    .regex(/^[1-9]\d*$/, 'must be the number of a model version')
    .optional(),
  TIDEWATCH_FAULT: z.string().optional(),
  TIDEWATCH_ALLOW_FAULTS: z.enum(['0', '1']).default('0'),
});

export type ScorerConfig = z.infer<typeof scorerConfig>;
