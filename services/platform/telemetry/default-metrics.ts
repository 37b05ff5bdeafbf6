import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Gauges whose names end as those of counters do, and which Node has deprecated besides. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** Of each of eleven spaces; the heap as a whole is shown. */
const spaceSizes = [
  'nodejs_heap_space_size_available_bytes',
  'nodejs_heap_space_size_total_bytes',
  'nodejs_heap_space_size_used_bytes',
];

const gcBucketsSeconds = [0.01, 0.1];

/** CPU, memory, heap, event loop and garbage collection of this process. */
export function addDefaultMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, gcDurationBuckets: [...gcBucketsSeconds] });
  for (const name of [...misnamed, ...spaceSizes]) registry.removeSingleMetric(name);
}
