import { z } from 'zod';
import { modelConfig } from '../platform/runtime/model-config.ts';
import { commonConfig } from '../platform/runtime/common-config.ts';
import { portSetting } from '../platform/runtime/config-values.ts';

/** Configuration of ingest; see docs/reference/configuration.md. */
export const ingestConfig = z.object({
  ...commonConfig,
  ...modelConfig,
  TIDEWATCH_INGEST_PORT: portSetting(8081),
  TIDEWATCH_PLAN_FILE: z.string().min(1).nullable().default(null),
});

export type IngestConfig = Readonly<z.output<typeof ingestConfig>>;
