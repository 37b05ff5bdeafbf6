/** One metric as a service registers it. */
export interface RegisteredMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  /** The services that register it, sorted. */
  readonly services: readonly string[];
}

/**
 * Metrics of others that our expressions read: of Prometheus itself, of its node exporter and of redis_exporter, which
 * docs/reference/monitoring.md names.
 */
export const metricsOfOthers: readonly string[] = [
  'up',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'redis_memory_used_bytes',
  'redis_memory_max_bytes',
];

/** Reads the HELP and TYPE lines of metrics pages, by service. */
export function readRegistered(pages: Readonly<Record<string, string>>): readonly RegisteredMetric[] {
  const found = new Map<string, { type: string; help: string; services: string[] }>();
  for (const [service, page] of Object.entries(pages)) {
    for (const [, name, help] of page.matchAll(/^# HELP (\S+) (.*)$/gm)) {
      const type = new RegExp(`^# TYPE ${name} (\\w+)$`, 'm').exec(page)?.[1] ?? 'untyped';
      const metric = found.get(name) ?? { type, help, services: [] };
      metric.services.push(service);
      found.set(name, metric);
    }
  }
  return [...found]
    .map(([name, { type, help, services }]) => ({ name, type, help, services: services.toSorted() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The names of series that the metrics have. */
export function seriesNames(metrics: readonly Pick<RegisteredMetric, 'name' | 'type'>[]): ReadonlySet<string> {
  return new Set(
    metrics.flatMap(({ name, type }) => {
      if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
      return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
    }),
  );
}
