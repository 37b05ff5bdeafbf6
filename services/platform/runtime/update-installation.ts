import { open, realpath, rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import { installationFileSchema } from './installation-file.ts';
import type { InstallationFile } from './installation-file.ts';
import { readInstallationFile } from './installation.ts';
import { placeSecretFile } from './place-secret-file.ts';

export interface Updated<T> {
  readonly file: InstallationFile;
  readonly result: T;
}

const lockWaitMs: DurationMs = 10_000;
const lockPollMs: DurationMs = 20;

/**
 * Changes the installation file under a lock: whoever reads it sees the old or the new one, and of two changes at once
 * none is lost. ERR_INSTALLATION_MISSING when it cannot be read, ERR_CONFIG_INVALID when the lock stays taken or the
 * change does not fit the schema. Errors of `change` leave the file as it is.
 */
export async function updateInstallation<T>(
  path: string,
  change: (file: InstallationFile) => Updated<T>,
  waitMs = lockWaitMs,
): Promise<T> {
  // A link keeps pointing where it points.
  const target = await realpath(path).catch(() => path);
  await readInstallationFile(target);
  const lock = `${target}.lock`;
  await takeLock(lock, waitMs);
  try {
    const { file, result } = change(await readInstallationFile(target));
    const checked = installationFileSchema.safeParse(file);
    if (!checked.success) throw unfit(path, checked.error.issues[0].message);
    await placeSecretFile(target, `${JSON.stringify(checked.data, null, 2)}\n`, rename);
    return result;
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string, waitMs: DurationMs): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      if (performance.now() >= deadline) throw locked(lock);
    }
    await pause(lockPollMs);
  }
}

function locked(lock: string): EngineError {
  const message = `the installation file is being changed by another command; if none runs, remove ${lock}`;
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: true, context: { lock } });
}

function unfit(path: string, problem: string): EngineError {
  const message = `the change does not fit the installation file ${path}: it ${problem}; nothing was written`;
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path } });
}
