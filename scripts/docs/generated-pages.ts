import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { renderAlertRules, renderAlertTests } from '../../observability/alerts/render-alert-rules.ts';
import { renderRunbook } from '../../observability/alerts/render-runbook.ts';
import { systemAlerts } from '../../observability/alerts/system-alerts.ts';
import { allBoards } from '../../observability/dashboards/all-boards.ts';
import { checkoutRoot } from '../checkout-root.ts';
import { renderInvariantRules, renderSloRules } from '../../observability/slo/render-slo-rules.ts';
import { renderInvariantTests, renderSloTests } from '../../observability/slo/render-slo-tests.ts';
import { renderKpiFiles } from './kpis/render-kpi-files.ts';
import { renderConfiguration } from './render-configuration.ts';
import { renderErrors } from './render-errors.ts';
import { renderFeatures } from './render-features.ts';

export interface GeneratedPage {
  /** Relative to the checkout. */
  readonly path: string;
  readonly text: string;
}

/** The reference pages as they have to be now, formatted like everything else. */
export async function renderPages(): Promise<GeneratedPage[]> {
  const registrySource = await readFile(join(checkoutRoot, 'services', 'core', 'errors.ts'), 'utf8');
  return await Promise.all([
    formatPage('docs/reference/errors.md', renderErrors(registrySource)),
    formatPage('docs/reference/configuration.md', renderConfiguration()),
    formatPage('docs/reference/features.md', renderFeatures()),
    formatPage('observability/prometheus/rules/slos.yml', renderSloRules()),
    formatPage('observability/prometheus/rules/invariants.yml', renderInvariantRules()),
    ...['1h', '6h', '3d'].map((long) =>
      formatPage(`observability/prometheus/tests/slos-${long}.test.yml`, renderSloTests(long)),
    ),
    formatPage('observability/prometheus/tests/invariants.test.yml', renderInvariantTests()),
    ...(await renderKpiFiles()).map(([path, text]) => formatPage(path, text)),
    ...allBoards.map((each) => formatPage(boardFile(each.uid ?? ''), JSON.stringify(each))),
    ...[...renderAlertRules(systemAlerts), ...renderAlertTests(systemAlerts), ...renderRunbook(systemAlerts)].map(
      ({ path, text }) => formatPage(path, text),
    ),
  ]);
}

async function formatPage(path: string, text: string): Promise<GeneratedPage> {
  const file = join(checkoutRoot, path);
  return { path, text: await format(text, { ...(await resolveConfig(file)), filepath: file }) };
}

function boardFile(uid: string): string {
  return `observability/grafana/dashboards/${uid.replace(/^tidewatch-/, '')}.json`;
}
