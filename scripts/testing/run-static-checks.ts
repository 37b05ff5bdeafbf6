import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { checkoutRoot } from '../checkout-root.ts';
import type { TestCounts } from './test-counts.ts';

const checks = [
  { name: 'format', tool: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', tool: 'eslint', args: ['.'] },
  { name: 'types', tool: 'tsc', args: ['--noEmit'] },
] as const;

type StaticCheck = (typeof checks)[number];

/** Format, lint and types side by side, all of them even when one fails; each counts as one test. */
export async function runStaticChecks(): Promise<TestCounts> {
  const results = await Promise.all(checks.map(runCheck));
  const failed = results.filter((isOk) => !isOk).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

/** Its output is shown once it has ended, so that the three do not mix. */
function runCheck({ name, tool, args }: StaticCheck): Promise<boolean> {
  const start = performance.now();
  const command = [join(checkoutRoot, 'node_modules', '.bin', tool), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: checkoutRoot, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      if (error !== null) process.stdout.write(`${stdout}${stderr}`);
      console.log(`${error === null ? 'ok    ' : 'FAILED'} ${name} (${tool}, ${seconds} s)`);
      resolve(error === null);
    });
  });
}
