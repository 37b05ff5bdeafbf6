import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemAlerts } from '../../../observability/alerts/system-alerts.ts';
import { renderAlertTests } from '../../../observability/alerts/render-alert-rules.ts';
import { installMonitoring } from '../../../scripts/monitoring/install-monitoring.ts';
import type { MonitoringHome } from '../../../scripts/monitoring/monitoring-home.ts';
import { rootDir } from '../../support/root-dir.ts';

const execute = promisify(execFile);
const observability = join(rootDir, 'observability');
const alertmanager = join(observability, 'alertmanager', 'alertmanager.yml');
let tools: MonitoringHome;
beforeAll(async () => {
  tools = await installMonitoring({ log: () => undefined });
});

describe('promtool', () => {
  it('accepts the configuration with its rules', async () => {
    const { stdout } = await execute(tools.promtool, ['check', 'config', 'prometheus/prometheus.yml'], {
      cwd: observability,
    });
    expect(stdout).toContain('is valid prometheus config file syntax');
  });

  it('sees every alert fire once and keep silent once', async () => {
    const rules = Object.values(systemAlerts).flat();
    const files = renderAlertTests(systemAlerts);
    for (const { name } of rules) {
      expect(
        files.some(({ text }) => text.includes(`name: ${name} fires`)),
        name,
      ).toBe(true);
      expect(
        files.some(({ text }) => text.includes(`name: ${name} keeps silent`)),
        name,
      ).toBe(true);
    }
    const paths = files.map(({ path }) => join(rootDir, path));
    const { stdout } = await execute(tools.promtool, ['test', 'rules', ...paths], { cwd: observability });
    expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
  });
});

describe('Alertmanager', () => {
  it('accepts its configuration', async () => {
    const { stdout } = await execute(tools.amtool, ['check-config', alertmanager]);
    expect(stdout).toContain('SUCCESS');
  });

  it.each([
    ['platform-page', ['severity=page', 'team=platform']],
    ['platform-tickets', ['severity=ticket', 'team=platform']],
    ['data-page', ['severity=page', 'team=data']],
    ['data', ['severity=ticket', 'team=data']],
    ['care', ['severity=ticket', 'team=care']],
    ['owners', ['severity=ticket', 'kpi=csat_share']],
    ['platform-tickets', ['alertname=Unrouted']],
  ])('sends to %s what carries %j', async (receiver, labels) => {
    const route = ['config', 'routes', 'test', `--config.file=${alertmanager}`, `--verify.receivers=${receiver}`];
    const { stdout } = await execute(tools.amtool, [...route, ...labels]);
    expect(stdout.trim()).toBe(receiver);
  });

  it('mutes and routes only alerts that exist', async () => {
    const { stdout } = await execute('grep', ['-oE', 'alertname[!=~]+"[^"]+"', alertmanager]);
    const named = [...stdout.matchAll(/"([^"]+)"/g)].flatMap(([, names]) => names.split('|'));
    const known = new Set(
      Object.values(systemAlerts)
        .flat()
        .map(({ name }) => name),
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
