import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';

/** What stands in run.json while everything is ready; others find the running system by it. */
export interface RunFile {
  readonly mode: string;
  readonly tenant: string;
  readonly topicPrefix: string;
  /** `host:port`. */
  readonly kafka: string;
  readonly schemaRegistry: string;
  readonly redis: string;
  readonly ingest: string;
  readonly scorer: string;
  readonly alerts: string;
  readonly console: string | null;
  readonly writeKey: string;
  readonly adminToken: string;
  readonly pids: Readonly<Record<string, number>>;
}

/** Readers see the whole file or none; it holds secrets, so only its owner may read it. */
export async function writeRunFile(path: string, run: RunFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

export async function removeRunFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/**
 * Makes sure that no other start is running from this directory; what a killed one left behind is removed.
 * @throws EngineError ERR_CONFIG_INVALID when another one is alive
 */
export async function claimRunFile(path: string): Promise<void> {
  const owner = await readOwner(path);
  if (owner !== null && isAlive(owner)) {
    const message = `${path} belongs to a start that is running (process ${owner}). Stop it, or give --directory another folder.`;
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { pid: owner } });
  }
  await removeRunFile(path);
}

async function readOwner(path: string): Promise<number | null> {
  try {
    const { pids } = JSON.parse(await readFile(path, 'utf8')) as RunFile;
    return pids['start'] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
