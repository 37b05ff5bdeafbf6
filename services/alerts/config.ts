import { z } from 'zod';
import { consumerConfig } from '../platform/runtime/consumer-config.ts';
import { commonConfig } from '../platform/runtime/common-config.ts';
import { portSetting, urlSetting } from '../platform/runtime/config-values.ts';

/** Configuration of alerts; see docs/reference/configuration.md. */
export const alertsConfig = z.object({
  ...commonConfig,
  ...consumerConfig,
  TIDEWATCH_ALERTS_PORT: portSetting(8083),
  TIDEWATCH_PLAYBOOKS_FILE: z.string().optional(),
  TIDEWATCH_SEGMENTS_FILE: z.string().optional(),
  TIDEWATCH_LOYALTY_FILE: z.string().optional(),
  TIDEWATCH_KPIS_FILE: z.string().optional(),
  TIDEWATCH_SERVICE_FILE: z.string().optional(),
  TIDEWATCH_DELIVERY_FILE: z.string().min(1).nullable().default(null),
  TIDEWATCH_INGEST_URL: urlSetting(['http', 'https']).nullable().default(null),
  TIDEWATCH_DELIVERY_WRITE_KEY: z.string().min(1).nullable().default(null),
});

export type AlertsConfig = Readonly<z.output<typeof alertsConfig>>;
