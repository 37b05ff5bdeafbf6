import { parseArgs } from 'node:util';
import type { BenchReport } from './bench-report.ts';
import { benchHotCustomer } from './hot-customer/bench-hot-customer.ts';
import { benchPipeline } from './pipeline/bench-pipeline.ts';

const benches: Readonly<Record<string, (say: (line: string) => void) => Promise<BenchReport>>> = {
  pipeline: (say) => benchPipeline({ events: 150_000, customers: 25_000, partitions: 12, rounds: 3 }, say),
  'hot-customer': (say) =>
    benchHotCustomer({ rate: 2_000, secondsPerPhase: 8, customers: 20_000, partitions: 12, rounds: 5 }, say),
};

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const bench = benches[positionals[0] ?? ''];
if (bench === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`);
  process.exit(2);
}
const report = await bench((line) => process.stderr.write(`${line}\n`));
if (values.json === true) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  for (const { name, value, unit } of report.figures) process.stdout.write(`${name}: ${value} ${unit}\n`);
  for (const { name, value, bar, ok } of report.ratios) {
    process.stdout.write(
      `${name}: ${value}${bar === null ? '' : ` (bar ${bar}: ${ok === true ? 'met' : 'missed'})`}\n`,
    );
  }
}
process.exit(0);
