import { kpiRegistry } from '../../services/core/kpis/kpi-registry.ts';
import { kpiRuleName } from '../../services/core/kpis/metric-name.ts';
import { board } from './board.ts';
import { kpiPanel } from './kpi-panels.ts';

/** Every KPI of the registry, in the order of the handbooks. */
export const businessKpis = board({
  name: 'business-kpis',
  title: { en: 'Business KPIs', zhCN: '业务指标' },
  jobs: 'alerts',
  tenantsOf: kpiRuleName('csat_share'),
  since: 'now-90d',
  panels: kpiRegistry.map(kpiPanel),
});
