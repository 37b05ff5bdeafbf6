import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/**
 * The metrics of one service. Asking twice for one name gives the same metric, so that parts which do not know each
 * other can count under one name. Label values must come from a small closed set.
 */
export interface Metrics {
  readonly registry: Registry;
  counter(name: string, help: string, labelNames?: readonly string[]): Counter;
  gauge(name: string, help: string, labelNames?: readonly string[]): Gauge;
  /** @param buckets upper bounds, ascending, in the unit the name ends with */
  histogram(name: string, help: string, buckets: readonly number[], labelNames?: readonly string[]): Histogram;
}

const legalName = /^tidewatch_[a-z0-9]+(_[a-z0-9]+)*$/;

/** A registry of our own, with the default metrics of the process and `tidewatch_service_info{service}`. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  function once<T>(name: string, create: () => T): T {
    if (!legalName.test(name)) throw new RangeError(`metric name "${name}" must be tidewatch_ and lower-case words`);
    return (registry.getSingleMetric(name) as T | undefined) ?? create();
  }

  const metrics: Metrics = {
    registry,
    counter: (name, help, labelNames = []) =>
      once(name, () => new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })),
    gauge: (name, help, labelNames = []) =>
      once(name, () => new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })),
    histogram: (name, help, buckets, labelNames = []) =>
      once(
        name,
        () => new Histogram({ name, help, buckets: [...buckets], labelNames: [...labelNames], registers: [registry] }),
      ),
  };
  metrics.gauge('tidewatch_service_info', 'Always 1; the label names the service.', ['service']).set({ service }, 1);
  return metrics;
}
