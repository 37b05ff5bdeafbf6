import process from 'node:process';
import { describeCounts, type TestCounts } from './test-counts.ts';

/** Ends a run with the one line that says how it went, alone and last. */
export function closeRun(counts: TestCounts): void {
  process.exitCode = counts.failed === 0 ? 0 : 1;
  process.stdout.write(`\n${describeCounts(counts)}\n`);
}
