import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { capSeries } from './cap-series.ts';
import { collectWithin } from './collect-within.ts';
import { addDefaultMetrics } from './default-metrics.ts';
import { invariantCounters } from './invariant-counters.ts';
import { productVersion } from './product-version.ts';

/**
 * The metrics of one service. Asking twice for one name gives the same metric, so that parts which do not know each
 * other can count under one name. Label values must come from a small closed set; a metric that is given more is held to
 * `maxSeries` label sets, and what is left out is counted in `tidewatch_metrics_refused_series_total`.
 */
export interface Metrics {
  readonly registry: Registry;
  counter(name: string, help: string, labelNames?: readonly string[], options?: SeriesOptions): Counter;
  gauge(name: string, help: string, labelNames?: readonly string[], options?: SeriesOptions): Gauge;
  /** @param buckets upper bounds, ascending, in the unit the name ends with */
  histogram(name: string, help: string, buckets: readonly number[], labelNames?: readonly string[]): Histogram;
  /** Has `read` set a gauge, and others with it, from a store when Prometheus asks; see `collectWithin`. */
  readWhenAsked(gauge: Gauge, read: () => Promise<void>): void;
}

export interface SeriesOptions {
  /** Label sets at most; more than usual is right only where something else bounds them, such as partitions. */
  readonly maxSeries?: number;
  /** What refusals are counted as, so that a family of metrics has one series of them; the metric's own name when absent. */
  readonly refusedAs?: string;
}

/** What is known by partition may have one series for each partition of each topic (`TIDEWATCH_PARTITIONS`). */
export const seriesPerPartition: SeriesOptions = { maxSeries: 10_000 };

const defaultMaxSeries = 100;
const legalName = /^tidewatch_[a-z0-9]+(_[a-z0-9]+)*$/;
const refusedName = 'tidewatch_metrics_refused_series_total';
const refusedHelp = 'Uses of a label set for which a metric had no place left; the metric is held to its number.';

/** A registry of our own, with the default metrics of the process, `tidewatch_service_info` and `tidewatch_build_info`. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  addDefaultMetrics(registry);
  const refused = new Counter({ name: refusedName, help: refusedHelp, labelNames: ['metric'], registers: [registry] });

  function once<T extends Counter | Gauge | Histogram>(
    name: string,
    labelNames: readonly string[],
    options: SeriesOptions,
    create: (shared: { name: string; labelNames: string[]; registers: Registry[] }) => T,
  ): T {
    if (!legalName.test(name)) throw new RangeError(`metric name "${name}" must be tidewatch_ and lower-case words`);
    const known = registry.getSingleMetric(name) as T | undefined;
    if (known !== undefined) return known;
    const metric = create({ name, labelNames: [...labelNames], registers: [registry] });
    if (labelNames.length === 0) return metric;
    const refusal = { metric: options.refusedAs ?? name };
    refused.inc(refusal, 0);
    capSeries(metric, options.maxSeries ?? defaultMaxSeries, () => refused.inc(refusal));
    return metric;
  }

  const metrics: Metrics = {
    registry,
    counter: (name, help, labelNames = [], options = {}) =>
      once(name, labelNames, options, (shared) => new Counter({ help, ...shared })),
    gauge: (name, help, labelNames = [], options = {}) =>
      once(name, labelNames, options, (shared) => new Gauge({ help, ...shared })),
    histogram: (name, help, buckets, labelNames = []) =>
      once(name, labelNames, {}, (shared) => new Histogram({ help, ...shared, buckets: [...buckets] })),
    readWhenAsked: (gauge, read) => void Object.assign(gauge, { collect: collectWithin(read) }),
  };
  addInfo(metrics, service);
  for (const { name, help, services } of invariantCounters) if (services.includes(service)) metrics.counter(name, help);
  return metrics;
}

function addInfo(metrics: Metrics, service: string): void {
  metrics.gauge('tidewatch_service_info', 'Always 1; the label names the service.', ['service']).set({ service }, 1);
  const build = metrics.gauge('tidewatch_build_info', 'Always 1; what runs here.', ['service', 'version', 'node']);
  build.set({ service, version: productVersion, node: process.version }, 1);
}
