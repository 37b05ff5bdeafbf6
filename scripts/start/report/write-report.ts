import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Report } from './books.ts';

/** Writes report.json, whole or not at all. */
export async function writeReport(path: string, report: Report): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, `${JSON.stringify(report, null, 2)}\n`);
  await rename(draft, path);
}
