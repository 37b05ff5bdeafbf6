// npm run prove: the properties at full counts. Every sampled count is multiplied by PROVE_FACTOR (50 unless set);
// tests of other projects take part when they are named *.prove.test.ts. The results stay in
// .tidewatch/prove-report.json, the counts of the simulated schedules beside it in .tidewatch/prove-simulation.json, the
// estimated effects of playbooks beside their truth in .tidewatch/prove-uplift.json. Further arguments go to vitest.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { checkoutRoot } from './checkout-root.ts';
import { closeRun } from './testing/close-run.ts';
import { runVitest } from './testing/run-vitest.ts';
import { describeTally, sumTallies } from './testing/sum-tallies.ts';

const factor = process.env['PROVE_FACTOR'] ?? '50';
console.log(`Every property is tried ${factor} times as often as in npm test.`);
const tallies = await mkdtemp(join(tmpdir(), 'tidewatch-prove-'));
const counts = await runVitest({
  report: '.tidewatch/prove-report.json',
  args: ['test/property/', '.prove.test.ts', ...process.argv.slice(2)],
  env: {
    PROVE_FACTOR: factor,
    SIM_TALLY_DIR: tallies,
    UPLIFT_RECORD: join(checkoutRoot, '.tidewatch', 'prove-uplift.json'),
  },
});
const tally = await sumTallies(tallies);
await rm(tallies, { recursive: true });
await writeFile(join(checkoutRoot, '.tidewatch', 'prove-simulation.json'), `${JSON.stringify(tally, null, 2)}\n`);
console.log(`\n${describeTally(tally)}`);
closeRun(counts);
