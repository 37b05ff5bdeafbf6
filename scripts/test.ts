// npm test: everything that is checked, on a real stack. Further arguments go to vitest: npm test -- test/unit
import process from 'node:process';
import { closeRun } from './testing/close-run.ts';
import { runStaticChecks } from './testing/run-static-checks.ts';
import { runVitest } from './testing/run-vitest.ts';
import { addCounts } from './testing/test-counts.ts';

const checks = await runStaticChecks();
const tests = await runVitest({ report: '.tidewatch/test-report.json', args: process.argv.slice(2) });
closeRun(addCounts(checks, tests));
