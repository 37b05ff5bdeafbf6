import type { Counter, Gauge, Histogram } from 'prom-client';

interface HasSeries {
  hashMap: Record<string, unknown>;
}

/**
 * Holds a metric to a number of label sets: one more is left out, and told; those that are there go on. The metric keeps
 * its series in an object by label set. That object is given a prototype which sees only what the object itself has not,
 * so what exists is read and written at the same price as before.
 * @param maxSeries label sets; a histogram's one has a line per bucket
 * @param onRefused called with each use of a label set that has no place
 */
export function capSeries(metric: Counter | Gauge | Histogram, maxSeries: number, onRefused: () => void): void {
  const holder = metric as unknown as HasSeries;
  const guard = new Proxy(Object.create(null) as object, {
    get: () => undefined,
    set(_target, key, value, series: object) {
      if (Object.keys(series).length >= maxSeries) onRefused();
      else Object.defineProperty(series, key, { value, writable: true, enumerable: true, configurable: true });
      return true;
    },
  });
  const guarded = (entries: Record<string, unknown>): Record<string, unknown> =>
    Object.assign(Object.create(guard) as Record<string, unknown>, entries);
  let series = guarded(holder.hashMap);
  // A gauge that is emptied before each scrape gets a new object then.
  Object.defineProperty(metric, 'hashMap', {
    get: () => series,
    set: (next: Record<string, unknown>) => (series = guarded(next)),
  });
}
