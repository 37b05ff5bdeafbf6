import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { EngineError } from '../../services/core/errors.ts';
import { withLock } from '../bootstrap/lock-directory.mjs';
import { fetchPackages } from './fetch-packages.ts';
import { monitoringHome, type MonitoringHome } from './monitoring-home.ts';
import { runProgram } from './run-program.ts';

const packages = ['prometheus', 'prometheus-alertmanager'];

export interface MonitoringInstallation {
  /** The checkout; default: this one. */
  readonly root?: string;
  readonly log: (line: string) => void;
  /** Where programs are looked for; default: our own environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Prometheus, promtool, Alertmanager and amtool out of the distribution's packages, unpacked under
 * `.tidewatch/monitoring`. What is complete stays as it is; what is not is made anew. Several processes may ask at once.
 * @throws EngineError ERR_STACK_PREREQUISITE naming what the machine lacks
 */
export async function installMonitoring({ root, log, env }: MonitoringInstallation): Promise<MonitoringHome> {
  const programs = monitoringHome(root);
  const { home, marker } = programs;
  if (existsSync(marker)) return programs;
  await assertHasApt(env);
  await withLock(`${home}.lock`, async () => {
    if (existsSync(marker)) return;
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    log(`Fetching ${packages.join(' and ')} through apt (about 30 MB) …`);
    await fetchPackages({ packages, into: home, log, env });
    await assertRun(programs);
    await writeFile(marker, '');
  });
  return programs;
}

async function assertHasApt(env?: NodeJS.ProcessEnv): Promise<void> {
  for (const tool of ['apt-get', 'dpkg-deb']) {
    if ((await runProgram(tool, ['--version'], { env })).code === 0) continue;
    const message =
      `The monitoring tools come from packages of Debian or Ubuntu, and this machine has no ${tool}: ` +
      'install there, or put prometheus, promtool, prometheus-alertmanager and amtool into ' +
      '.tidewatch/monitoring/usr/bin by hand and add an empty file .tidewatch/monitoring/complete.';
    throw new EngineError('ERR_STACK_PREREQUISITE', message, { retryable: false });
  }
}

async function assertRun({ prometheus, promtool, alertmanager, amtool }: MonitoringHome): Promise<void> {
  for (const program of [prometheus, promtool, alertmanager, amtool]) {
    const { code, output } = await runProgram(program, ['--version']);
    if (code === 0) continue;
    const message = `${program} does not run on this machine. It said:\n${output}`;
    throw new EngineError('ERR_STACK_PREREQUISITE', message, { retryable: false });
  }
}
