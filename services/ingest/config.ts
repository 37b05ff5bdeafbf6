import { z } from 'zod';
import { modelConfig } from '../platform/runtime/model-config.ts';
import { commonConfig } from '../platform/runtime/common-config.ts';
import { integerSetting, portSetting } from '../platform/runtime/config-values.ts';

/** Configuration of ingest; see docs/reference/configuration.md. */
export const ingestConfig = z.object({
  ...commonConfig,
  ...modelConfig,
  TIDEWATCH_INGEST_PORT: portSetting(8081),
  TIDEWATCH_RATE_LIMIT: integerSetting(0, 1_000_000).default(0),
});

export type IngestConfig = Readonly<z.output<typeof ingestConfig>>;
