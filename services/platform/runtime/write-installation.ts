import { link, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../core/errors.ts';
import type { InstallationFile } from './installation-file.ts';
import { placeSecretFile } from './place-secret-file.ts';

/** Writes a new installation file, whole or not at all, readable by its owner alone. An existing one is never replaced. */
export async function writeInstallation(path: string, file: InstallationFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await placeSecretFile(path, `${JSON.stringify(file, null, 2)}\n`, link);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    const message = `the installation file ${path} exists; it may hold the only copy of its keys and is not replaced`;
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path } });
  }
}
