// npm run check: what needs no stack: format, lint, types, and the unit, property and architecture tests.
import process from 'node:process';
import { closeRun } from './testing/close-run.ts';
import { runStaticChecks } from './testing/run-static-checks.ts';
import { runVitest } from './testing/run-vitest.ts';
import { addCounts } from './testing/test-counts.ts';

const projects = ['unit', 'property', 'architecture'].map((name) => `--project=${name}`);
const checks = await runStaticChecks();
const tests = await runVitest({
  report: '.tidewatch/check-report.json',
  args: [...projects, ...process.argv.slice(2)],
});
closeRun(addCounts(checks, tests));
