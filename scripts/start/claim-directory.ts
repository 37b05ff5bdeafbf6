import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { identifyProcess, isSameProcess, type ProcessIdentity } from '../stack/local/process-identity.ts';

const claimName = 'start.json';

/**
 * Takes the directory for this process: two starts in one directory would overwrite each other's files. A claim that a
 * killed start left behind is taken over.
 * @returns gives the directory free again
 * @throws EngineError ERR_CONFIG_INVALID when another start is running
 */
export async function claimDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, claimName);
  const claim = JSON.stringify(await identifyProcess(process.pid));
  for (;;) {
    try {
      await writeFile(path, claim, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readOwner(path);
    if (owner !== null && (await isSameProcess(owner))) throw taken(directory, owner);
    await rm(path, { force: true });
  }
}

async function readOwner(path: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

function taken(directory: string, { pid }: ProcessIdentity): EngineError {
  const message = `${directory} belongs to a start that is running (process ${pid}). Stop it, or give --directory another folder.`;
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { pid } });
}
