import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { checkoutRoot } from '../checkout-root.ts';
import { runTool } from './run-tool.ts';
import { countTests, type TestCounts, type TestReport } from './test-counts.ts';

export interface VitestRun {
  /** File of the JSON report, relative to the checkout. */
  readonly report: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs vitest once and counts from its own report; a run that writes none counts as failed. */
export async function runVitest({ report, args, env = {} }: VitestRun): Promise<TestCounts> {
  const path = join(checkoutRoot, report);
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  const code = await runTool('vitest', ['run', ...reporters, ...args], { ...process.env, ...env });
  const counts = countTests(await readReport(path));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function readReport(path: string): Promise<TestReport | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as TestReport;
  } catch {
    return null;
  }
}
