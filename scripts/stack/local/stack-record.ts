import { readFile, rm } from 'node:fs/promises';
import { replaceFile } from '../../../services/platform/runtime/replace-file.ts';
import type { StackAddresses } from '../stack.ts';
import type { StackPorts } from './local-layout.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface RecordedProcess extends ProcessIdentity {
  readonly name: string;
  /** How long it may take to end by itself. */
  readonly graceMs: number;
}

/**
 * What a local stack consists of, on disk, so that somebody else can end it: the guardian after a crash, `stack:down`,
 * or the next start. The processes stand in the order they were started.
 */
export interface StackRecord {
  /** The process the stack belongs to; null for the warm stack of `stack:up`, which belongs to nobody. */
  readonly owner: ProcessIdentity | null;
  readonly processes: readonly RecordedProcess[];
  /** Holds data and logs. */
  readonly home: string;
  readonly ports: StackPorts;
  /** Whether `home` is removed with the stack. */
  readonly temporary: boolean;
  /** Null until everything answers. */
  readonly addresses: StackAddresses | null;
  readonly reason: string;
}

/** Null when there is no such record, or none that can be read. */
export async function readRecord(path: string): Promise<StackRecord | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as StackRecord;
  } catch {
    return null;
  }
}

/** Readers see the old record or the new one, never a half. */
export async function writeRecord(path: string, record: StackRecord): Promise<void> {
  await replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

export async function removeRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}
