import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installMonitoring } from '../../../scripts/monitoring/install-monitoring.ts';
import { monitoringHome } from '../../../scripts/monitoring/monitoring-home.ts';
import { runProgram } from '../../../scripts/monitoring/run-program.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tidewatch-monitoring-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const log = (): void => undefined;

it('installs Prometheus and Alertmanager with their tools, once, also where two ask at once', async () => {
  const lines: string[] = [];
  const installation = { root, log: (line: string) => void lines.push(line) };
  const [programs] = await Promise.all([installMonitoring(installation), installMonitoring(installation)]);
  expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(1);
  for (const program of [programs.prometheus, programs.promtool, programs.alertmanager, programs.amtool]) {
    expect(await runProgram(program, ['--version'])).toMatchObject({ code: 0 });
  }
  await installMonitoring(installation);
  expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(1);
});

it('makes anew what an interrupted installation left', async () => {
  const { promtool, marker } = monitoringHome(root);
  await mkdir(dirname(promtool), { recursive: true });
  await writeFile(promtool, 'half of it');
  await installMonitoring({ root, log });
  expect(existsSync(marker)).toBe(true);
  expect(await runProgram(promtool, ['--version'])).toMatchObject({ code: 0 });
});

it('says what to do where the machine has no apt', async () => {
  const failure = installMonitoring({ root, log, env: { PATH: join(root, 'nothing') } });
  await expect(failure).rejects.toMatchObject({
    code: 'ERR_STACK_PREREQUISITE',
    message: expect.stringMatching(/no apt-get: .*\.tidewatch\/monitoring\/usr\/bin by hand/u) as string,
  });
  expect(existsSync(monitoringHome(root).marker)).toBe(false);
});

it('fetches package lists of its own where the machine has none that name the packages', async () => {
  const empty = join(root, 'machine');
  await mkdir(join(empty, 'lists', 'partial'), { recursive: true });
  const config = join(root, 'apt.conf');
  await writeFile(config, `Dir::State::lists "${join(empty, 'lists')}";\nDir::Cache "${join(empty, 'cache')}";\n`);
  const lines: string[] = [];
  const env = { ...process.env, APT_CONFIG: config };
  await installMonitoring({ root, log: (line) => void lines.push(line), env });
  expect(lines.join('\n')).toContain('fetching lists');
  expect(existsSync(monitoringHome(root).marker)).toBe(true);
});
