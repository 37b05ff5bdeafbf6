import { replaceFile } from '../../../services/platform/runtime/replace-file.ts';
import type { Report } from './books.ts';

/** Writes report.json, whole or not at all. */
export async function writeReport(path: string, report: Report): Promise<void> {
  await replaceFile(path, `${JSON.stringify(report, null, 2)}\n`);
}
