import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

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
