import { csatShare } from './definitions/csat-share.ts';
import type { KpiDefinition } from './kpi-definition.ts';

/** Every KPI, in the order of the handbooks. */
export const kpiRegistry: readonly KpiDefinition[] = [csatShare];
