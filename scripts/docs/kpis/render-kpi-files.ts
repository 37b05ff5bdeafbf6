import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKpis } from '../../../services/platform/runtime/read-kpis.ts';
import { checkoutRoot } from '../../checkout-root.ts';
import { renderKpiAlerts } from './render-kpi-alerts.ts';
import { renderKpiRules } from './render-kpi-rules.ts';
import { renderKpiAlertTests, renderKpiTests, renderMeasuredKpiTests } from './render-kpi-tests.ts';
import { renderKpiVersions } from './render-kpi-versions.ts';
import { renderKpisPage } from './render-kpis-page.ts';

const versionsFile = 'kpis/versions.yaml';

/** Everything that is made from the registry of KPIs: rules, alerts, their promtool cases, the reference page, the versions. */
export async function renderKpiFiles(): Promise<readonly (readonly [path: string, text: string])[]> {
  const { version, document } = await readKpis(null);
  const versions = await readFile(join(checkoutRoot, versionsFile), 'utf8').catch(() => '');
  return [
    ['observability/prometheus/rules/kpis.yml', renderKpiRules()],
    ['observability/prometheus/rules/kpi-alerts.yml', renderKpiAlerts()],
    ['observability/prometheus/tests/kpis.yml', renderKpiTests()],
    ['observability/prometheus/tests/measured-kpis.yml', renderMeasuredKpiTests()],
    ['observability/prometheus/tests/kpi-alerts.yml', renderKpiAlertTests()],
    ['docs/reference/kpis.md', renderKpisPage(version, document)],
    [versionsFile, renderKpiVersions(versions)],
  ];
}
