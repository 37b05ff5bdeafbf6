import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../core/errors.ts';
import type { InstallationFile } from './installation-file.ts';

/** Writes a new installation file, whole or not at all, readable by its owner alone. An existing one is never replaced. */
export async function writeInstallation(path: string, file: InstallationFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
    await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    const message = `the installation file ${path} exists; it may hold the only copy of its keys and is not replaced`;
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path } });
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
}
