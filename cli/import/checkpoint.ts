import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import { importFault } from './import-fault.ts';

export const rowResults = ['accepted', 'duplicate', 'rejected', 'conflict', 'suppressed'] as const;

export type RowResult = (typeof rowResults)[number];

/** How far an import has come: all that a later run needs to go on. */
export interface Checkpoint {
  readonly format: 1;
  readonly importId: string;
  readonly tenant: string;
  readonly file: string;
  readonly sha256: string;
  /** Mapping and options, as one text: they decide what a row becomes. */
  readonly reading: string;
  /** Process that works on it. */
  pid: number;
  state: 'running' | 'verified' | 'failed' | 'rolled-back';
  /** Every row up to this one was answered. */
  rows: number;
  readonly counts: Record<RowResult, number>;
  /** Rows that are not on the topic, by number, with the code of their fault or result. */
  readonly refused: Record<string, string>;
}

/** ERR_DATA_FILE where the file is there and cannot be read; null where there is none. */
export async function readCheckpoint(path: string): Promise<Checkpoint | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Checkpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw importFault(`${path} is no checkpoint of an import; move it away to begin anew under another id.`, error);
  }
}

/** Readers, and a process that starts after a kill, see the whole old one or the whole new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await replaceFile(path, `${JSON.stringify(checkpoint)}\n`, 0o600);
}

/** Whether a process that is alive works on the import. */
export function isAtWork({ state, pid }: Checkpoint): boolean {
  if (state !== 'running' || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** SHA-256 of a file, hex. */
export async function hashFile(file: string): Promise<string> {
  try {
    if (!(await stat(file)).isFile()) throw importFault(`${file} is no file; give one.`);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw importFault(`${file} does not exist; check the path.`, error);
  }
}
