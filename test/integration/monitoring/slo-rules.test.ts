import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installMonitoring } from '../../../scripts/monitoring/install-monitoring.ts';
import { runProgram } from '../../../scripts/monitoring/run-program.ts';
import { burnAlertsOf, invariantAlert } from '../../../observability/slo/render-slo-rules.ts';
import { slos } from '../../../observability/slo/slos.ts';
import { invariantCounters } from '../../../services/platform/telemetry/invariant-counters.ts';
import { rootDir } from '../../support/root-dir.ts';

const folder = join(rootDir, 'observability', 'prometheus');
const files = ['slos-1h', 'slos-6h', 'slos-3d', 'invariants'].map((name) => `${name}.test.yml`);

it('has rules that Prometheus takes', async () => {
  const { promtool } = await installMonitoring({ log: () => undefined });
  const { code, output } = await runProgram(promtool, ['check', 'rules', 'rules/slos.yml', 'rules/invariants.yml'], {
    cwd: folder,
  });
  expect([code, output]).toEqual([0, expect.not.stringContaining('FAILED') as string]);
});

it.each(files)('fires and is silent as %s says', async (file) => {
  const { promtool } = await installMonitoring({ log: () => undefined });
  const { code, output } = await runProgram(promtool, ['test', 'rules', file], { cwd: join(folder, 'tests') });
  expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS') as string]);
});

it('has a case in which each alert fires, and one in which it is silent', async () => {
  const all = await readdir(join(folder, 'tests'));
  expect(all).toEqual(expect.arrayContaining(files));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, 'tests', file), 'utf8')));
  const named = texts.join('\n');
  for (const { alert } of [...slos.flatMap(burnAlertsOf), ...invariantCounters.map(invariantAlert)]) {
    expect(named).toContain(`${alert} fires`);
    expect(named).toContain(`${alert} is silent`);
  }
});
