import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Gauges whose names end as those of counters do, and which Node has deprecated besides. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** CPU, memory, heap, event loop and garbage collection of this process. */
export function addDefaultMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
}
