import { stat } from 'node:fs/promises';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import type { CliIo } from '../cli-io.ts';
import type { Finding } from './finding.ts';

const what = 'Installation';

/** Whether the installation file can be read and is readable by its owner alone. */
export async function checkInstallation(env: CliIo['env']): Promise<Finding> {
  const path = env['TIDEWATCH_INSTALLATION_FILE'] || '.tidewatch/installation.json';
  try {
    const { tenants } = await readInstallation(path);
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      return { result: 'fault', what, detail: `${path} can be read by others`, advice: `chmod 600 ${path}` };
    }
    return { result: 'ok', what, detail: `${path}, ${tenants.length} tenant${tenants.length === 1 ? '' : 's'}` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { result: 'fault', what, detail, advice: 'make one with "tidewatch installation create"' };
  }
}
