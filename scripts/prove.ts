// npm run prove: the properties at full counts. Every sampled count is multiplied by PROVE_FACTOR (50 unless set);
// tests of other projects take part when they are named *.prove.test.ts. The results stay in
// .tidewatch/prove-report.json. Further arguments go to vitest.
import process from 'node:process';
import { closeRun } from './testing/close-run.ts';
import { runVitest } from './testing/run-vitest.ts';

const factor = process.env['PROVE_FACTOR'] ?? '50';
console.log(`Every property is tried ${factor} times as often as in npm test.`);
closeRun(
  await runVitest({
    report: '.tidewatch/prove-report.json',
    args: ['test/property/', '.prove.test.ts', ...process.argv.slice(2)],
    env: { PROVE_FACTOR: factor },
  }),
);
