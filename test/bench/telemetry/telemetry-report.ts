import { type MetricSample, sumOf } from '../../../scripts/start/service-metrics.ts';
import { atMost, benchReport, median, noted, rounded, type BenchReport, type Figure, type Ratio } from '../bench-report.ts'; // prettier-ignore
import { medianInterval } from '../statistics/median-interval.ts';
import { percentile } from '../statistics/percentile.ts';
import type { RoundScrapes } from './round-scrapes.ts';
import { type ServiceName, services, type TargetName, targets } from './scrape.ts';
import type { TelemetryBenchOptions } from './telemetry-bench-options.ts';

export interface TelemetryMeasured {
  readonly rounds: readonly Readonly<Record<TargetName, RoundScrapes>>[];
  /** Events that ingest took per second, median of the rounds. */
  readonly rate: number;
  readonly drainSeconds: number;
  readonly pages: Readonly<Record<ServiceName, readonly MetricSample[]>>;
  /** Scrapes without an answer, of all. */
  readonly failed: number;
}

const slowestScrape = 3;
const mostSeries = 1_000;
const p99 = 0.99;
const refusedName = 'tidewatch_metrics_refused_series_total';

/** Work without which a phase would not have been one of load. */
const work: readonly (readonly [ServiceName, string, string])[] = [
  ['ingest', 'tidewatch_events_total', 'events-answered'],
  ['alerts', 'tidewatch_scores_read_total', 'scores-read'],
  ['alerts', 'tidewatch_tasks_opened_total', 'tasks-opened'],
  ['alerts', 'tidewatch_kpi_facts_counted_total', 'kpi-facts-counted'],
];

/** @throws Error when a service had nothing to do: its ratio would say nothing */
export function telemetryReport(options: TelemetryBenchOptions, measured: TelemetryMeasured): BenchReport {
  const { pages, rate, drainSeconds, failed } = measured;
  const done = work.map(([service, metric, name]) => ({ name, value: sumOf(pages[service], metric), unit: 'records' }));
  const undone = done.find(({ value }) => value === 0);
  if (undone !== undefined) throw new Error(`there were no ${undone.name}: the services were not under load`);
  return benchReport(
    'telemetry',
    [
      ...targets.flatMap((target) => durations(target, measured)),
      ...done,
      { name: 'ingest-rate', value: Math.round(rate), unit: 'events/s' },
      { name: 'read-after-last-event', value: rounded(drainSeconds), unit: 's' },
      { name: 'failed-scrapes', value: failed, unit: 'scrapes' },
      { name: 'customers', value: options.customers, unit: 'customers' },
      { name: 'partitions', value: options.partitions, unit: 'partitions' },
      { name: 'rounds', value: options.rounds, unit: 'rounds' },
      { name: 'idle-phase', value: options.idleSeconds, unit: 's' },
      { name: 'sending-at-least', value: options.loadSeconds, unit: 's' },
      { name: 'pace', value: options.pace, unit: 'scrapes/s' },
    ],
    [
      ...services.flatMap((service) => slowdown(service, measured, slowestScrape)),
      ...slowdown('fixed-page', measured, null),
      ...services.map((service) => atMost(`${service}-series`, pages[service].length, mostSeries)),
      ...services.map((service) => atMost(`${service}-refused-series`, sumOf(pages[service], refusedName), 0)),
    ],
  );
}

/** Of the scrapes of all rounds together. */
function durations(target: TargetName, { rounds }: TelemetryMeasured): Figure[] {
  const phases = ['idle', 'loaded'] as const;
  const times = phases.flatMap((phase) =>
    [0.5, p99].map((p) => ({
      name: `${target}-${phase}-p${p * 100}`,
      value: rounded(
        percentile(
          rounds.flatMap((round) => round[target][phase]),
          p,
        ),
      ),
      unit: 'ms',
    })),
  );
  const counts = phases.map((phase) => ({
    name: `${target}-${phase}-scrapes`,
    value: rounds.reduce((sum, round) => sum + round[target][phase].length, 0),
    unit: 'scrapes',
  }));
  return [...times, ...counts];
}

/** Loaded over idle inside each round: the median, and the interval it lies in where there are rounds enough to tell. */
function slowdown(target: TargetName, { rounds }: TelemetryMeasured, bar: number | null): Ratio[] {
  const name = `${target}-loaded-p99/idle-p99`;
  const ratios = rounds.map((round) => percentile(round[target].loaded, p99) / percentile(round[target].idle, p99));
  const value = rounded(median(ratios));
  const interval = medianInterval(ratios) ?? [];
  const bounds = interval.map((bound, i) => noted(`${name}-95%-${i === 0 ? 'low' : 'high'}`, rounded(bound)));
  return [bar === null ? noted(name, value) : atMost(name, value, bar), ...bounds];
}
