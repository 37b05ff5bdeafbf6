import { parseAlertsBenchOptions } from './alerts/alerts-bench-options.ts';
import { benchAlerts } from './alerts/bench-alerts.ts';
import type { BenchReport } from './bench-report.ts';
import { benchFeatures } from './features/bench-features.ts';
import { benchHotCustomer } from './hot-customer/bench-hot-customer.ts';
import { benchImport } from './import/bench-import.ts';
import { benchIngest } from './ingest/bench-ingest.ts';
import { benchKafkaStreams } from './peers/bench-kafka-streams.ts';
import { benchModel } from './model/bench-model.ts';
import { benchPipeline } from './pipeline/bench-pipeline.ts';
import { benchProfile } from './profile/bench-profile.ts';
import { benchScorer } from './scorer/bench-scorer.ts';
import { parseScorerBenchOptions } from './scorer/scorer-bench-options.ts';
import { benchTelemetry } from './telemetry/bench-telemetry.ts';
import { parseTelemetryBenchOptions } from './telemetry/telemetry-bench-options.ts';

const flameGraph = 'docs/benchmarks/scorer-flame.svg';

type Say = (line: string) => void;

/** What each bench does; the flags behind its name are read before anything is begun. */
const benches: Readonly<Record<string, (args: readonly string[]) => (say: Say) => Promise<BenchReport>>> = {
  pipeline: () => (say) => benchPipeline({ events: 150_000, customers: 25_000, partitions: 12, rounds: 3 }, say),
  profile: () => (say) => benchProfile({ events: 150_000, customers: 25_000, partitions: 12 }, flameGraph, say),
  scorer(args) {
    const options = parseScorerBenchOptions(args);
    return (say) => benchScorer(options, say);
  },
  alerts(args) {
    const options = parseAlertsBenchOptions(args);
    return (say) => benchAlerts(options, say);
  },
  telemetry(args) {
    const options = parseTelemetryBenchOptions(args);
    return (say) => benchTelemetry(options, say);
  },
  features: () => (say) => Promise.resolve(benchFeatures(3, say)),
  model: () => (say) => benchModel({ rounds: 3, orders: 1_000_000 }, say),
  import: () => (say) => benchImport({ rows: 1_000_000, customers: 50_000, partitions: 12 }, say),
  ingest: () => (say) =>
    benchIngest({ batches: 300, eventsPerBatch: 100, rate: 500, seconds: 6, partitions: 12, rounds: 5 }, say),
  'kafka-streams': () => (say) =>
    benchKafkaStreams({ events: 300_000, customers: 50_000, partitions: 12, rounds: 3 }, say),
  'hot-customer': () => (say) =>
    benchHotCustomer({ rate: 2_000, secondsPerPhase: 8, customers: 20_000, partitions: 12, rounds: 5 }, say),
};

const [name = '', ...flags] = process.argv.slice(2);
const bench = prepare();
const report = await bench((line) => process.stderr.write(`${line}\n`));
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify(report)}\n`);
else print(report);
process.exit(0);

function prepare(): (say: Say) => Promise<BenchReport> {
  const named = benches[name];
  if (named === undefined) refuse(`Usage: npm run bench -- ${Object.keys(benches).join('|')} [--json] [flags]`);
  try {
    return named(flags.filter((flag) => flag !== '--json'));
  } catch (error) {
    refuse((error as Error).message);
  }
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function print({ figures, ratios }: BenchReport): void {
  for (const { name, value, unit } of figures) process.stdout.write(`${name}: ${value} ${unit}\n`);
  for (const { name, value, bar, ok } of ratios) {
    const judged = bar === null ? '' : ` (bar ${bar}: ${ok === true ? 'met' : 'missed'})`;
    process.stdout.write(`${name}: ${value}${judged}\n`);
  }
}
