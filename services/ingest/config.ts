import { z } from 'zod';
import { modelConfig } from '../platform/runtime/model-config.ts';
import { commonConfig } from '../platform/runtime/common-config.ts';
import { integerSetting, portSetting, urlsSetting } from '../platform/runtime/config-values.ts';
import { ingestLimits } from './ingest-limits.ts';

const kibibyte = 1024;

/** Configuration of ingest; see docs/reference/configuration.md. */
export const ingestConfig = z.object({
  ...commonConfig,
  ...modelConfig,
  TIDEWATCH_INGEST_PORT: portSetting(8081),
  TIDEWATCH_EVENTS_PER_REQUEST: integerSetting(1, 100_000).default(ingestLimits.eventsPerRequest),
  // SDKs send again for up to twelve hours; a day is the least that tells their repetitions apart.
  TIDEWATCH_REMEMBER_HOURS: integerSetting(24, 31 * 24).default(24),
  TIDEWATCH_PLAN_FILE: z.string().min(1).nullable().default(null),
  TIDEWATCH_INGEST_URLS: urlsSetting(['http', 'https']).default([]),
  TIDEWATCH_RATE_LIMIT: integerSetting(0, 1_000_000).default(0),
  TIDEWATCH_QUALITY_CHECK_MINUTES: integerSetting(1, 24 * 60).default(60),
  // Numbers are written out when they are sealed (1e20 has 21 digits): above this, a record might pass Kafka's limit.
  TIDEWATCH_MAX_EVENT_BYTES: integerSetting(kibibyte, 192 * kibibyte).default(ingestLimits.eventBytes),
});

export type IngestConfig = Readonly<z.output<typeof ingestConfig>>;
