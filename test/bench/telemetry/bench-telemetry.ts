import { startStack } from '../../../scripts/stack/start-stack.ts';
import type { MetricSample } from '../../../scripts/start/service-metrics.ts';
import type { BenchReport } from '../bench-report.ts';
import { median, rounded } from '../bench-report.ts';
import { percentile } from '../statistics/percentile.ts';
import { type BenchWorld, openBenchWorld } from '../world/bench-world.ts';
import { readPages } from './read-pages.ts';
import { runRound } from './run-round.ts';
import type { RoundScrapes } from './round-scrapes.ts';
import { services, type TargetName, targets } from './scrape.ts';
import type { TelemetryBenchOptions } from './telemetry-bench-options.ts';
import { telemetryReport } from './telemetry-report.ts';
import { type TelemetryWorld, withServices } from './telemetry-world.ts';

/** Share of the customers that warms everything up, beside those that are counted. */
const warmUpShare = 0.02;
const shownMetrics = 12;

/**
 * How long a scrape of each service takes under full load against the same service with nothing to do, and how many series
 * it shows after all customers; see docs/benchmarks/telemetry.md.
 */
export async function benchTelemetry(
  options: TelemetryBenchOptions,
  say: (line: string) => void,
): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const world = await openBenchWorld(stack, options.partitions);
    try {
      return await measure(world, options, say);
    } finally {
      await world.close();
    }
  } finally {
    await stack.stop();
  }
}

function measure(world: BenchWorld, options: TelemetryBenchOptions, say: (line: string) => void): Promise<BenchReport> {
  return withServices(world, options.pace, async (running) => {
    const rounds = await runRounds(running, options, say);
    const pages = await readPages(running);
    for (const service of services) say(`${service}: most series are of ${mostSeries(pages[service])}`);
    const failed = await running.scraper.ask<number>('failed');
    return telemetryReport(options, { ...rounds, pages, failed });
  });
}

async function runRounds(running: TelemetryWorld, options: TelemetryBenchOptions, say: (line: string) => void) {
  const { customers, rounds: count, idleSeconds, loadSeconds } = options;
  const warmUp = Math.ceil(customers * warmUpShare);
  // Beside those that are counted: nobody is new for being warm.
  await runRound(running, { from: customers, to: customers + warmUp, number: 0, idleSeconds: 1, loadSeconds: 1 });
  const rounds: Record<TargetName, RoundScrapes>[] = [];
  const rates: number[] = [];
  const drains: number[] = [];
  for (let number = 1; number <= count; number++) {
    const share = (each: number): number => Math.round((customers * each) / count);
    const range = { from: share(number - 1), to: share(number), number, idleSeconds, loadSeconds };
    const { scrapes, rate, drainSeconds } = await runRound(running, range);
    rounds.push(scrapes);
    rates.push(rate);
    drains.push(drainSeconds);
    say(`round ${number}: ${Math.round(rate)} events/s, read ${rounded(drainSeconds)} s later; ${describe(scrapes)}`);
  }
  return { rounds, rate: median(rates), drainSeconds: median(drains) };
}

function describe(scrapes: Record<TargetName, RoundScrapes>): string {
  const p99 = (values: readonly number[]): string => percentile(values, 0.99).toFixed(1);
  return targets
    .map((target) => `${target} p99 ${p99(scrapes[target].idle)} -> ${p99(scrapes[target].loaded)} ms`)
    .join(', ');
}

/** The metrics with the most series, and how many each has. */
function mostSeries(samples: readonly MetricSample[]): string {
  const counts = new Map<string, number>();
  for (const { name } of samples) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, shownMetrics);
  return most.map(([name, count]) => `${name} ${count}`).join(', ');
}
