import { rm } from 'node:fs/promises';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';

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
  await replaceFile(path, `${JSON.stringify(run, null, 2)}\n`, 0o600);
}

export async function removeRunFile(path: string): Promise<void> {
  await rm(path, { force: true });
}
