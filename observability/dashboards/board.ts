import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { InTwoLanguages } from '../../services/core/kpis/kpi-definition.ts';
import { datasource, type Panel } from './panels.ts';

export interface BoardPlan {
  /** Lower-case words joined by `-`: its file and its address. */
  readonly name: string;
  readonly title: InTwoLanguages;
  /** Of the services it is about, as a regular expression of jobs. */
  readonly jobs: string;
  /** A metric with a label `tenant`, where the board is of one tenant at a time. */
  readonly tenantsOf?: string;
  /** As `now-6h`. */
  readonly since: string;
  readonly panels: readonly Panel[];
}

/** The dashboard as Grafana's provisioning reads it. */
export function board({ name, title, jobs, tenantsOf, since, panels }: BoardPlan): Dashboard {
  const builder = new DashboardBuilder(`Tidewatch: ${title.en} · ${title.zhCN}`)
    .uid(`tidewatch-${name}`)
    .tags(['tidewatch'])
    .readonly()
    .refresh('1m')
    .timezone('browser')
    .time({ from: since, to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(variable('job', 'Job', `label_values(up{job=~"${jobs}"}, job)`))
    .withVariable(variable('instance', 'Instance', 'label_values(up{job=~"$job"}, instance)'));
  if (tenantsOf !== undefined) builder.withVariable(variable('tenant', 'Tenant', `label_values(${tenantsOf}, tenant)`));
  for (const each of panels) builder.withPanel(each);
  return builder.build();
}

/** Asked again as the time range changes: an instance of last week is not one of today. */
function variable(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ query, refId: `variable-${name}` })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+');
}
