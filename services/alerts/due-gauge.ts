import type { DueIndex } from '../core/ports/due-index.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** Customers of the owned partitions with whom something is due at some time, read when Prometheus asks. */
export function addDueGauge(metrics: Metrics, index: DueIndex, owned: () => ReadonlySet<number>): void {
  const help = 'Customers of the partitions of this process with whom something will be due.';
  const customers = metrics.gauge('tidewatch_due_customers', help);
  customers.set(0);
  metrics.readWhenAsked(customers, async () => {
    const sizes = await Promise.all([...owned()].map((shard) => index.size(shard)));
    customers.set(sizes.reduce((sum, size) => sum + size, 0));
  });
}
