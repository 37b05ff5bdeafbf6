import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { businessKpis } from './business-kpis.ts';
import { customerBase } from './customer-base.ts';
import { dataQuality } from './data-quality.ts';
import { ingestHealth } from './ingest-health.ts';
import { modelQuality } from './model-quality.ts';
import { retention } from './retention.ts';
import { scorerHealth } from './scorer-health.ts';
import { serviceQuality } from './service-quality.ts';
import { systemHealth } from './system-health.ts';

/** Every dashboard that is provisioned. */
export const allBoards: readonly Dashboard[] = [
  systemHealth,
  businessKpis,
  customerBase,
  retention,
  serviceQuality,
  modelQuality,
  dataQuality,
  scorerHealth,
  ingestHealth,
];
