import type { PlaybooksDocument } from '../core/playbooks/playbook-document.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import { queueOverflow } from '../core/queues/queue-overflow.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

export interface QueueGaugeOptions {
  readonly index: TaskIndex;
  readonly tenants: readonly string[];
  /** Queues of the playbooks in force. */
  readonly queues: () => PlaybooksDocument['queues'];
  readonly clock: Clock;
}

/** Tasks that find no place in their queue, over all tenants, read when Prometheus asks. */
export function addQueueGauge(metrics: Metrics, { index, tenants, queues, clock }: QueueGaugeOptions): void {
  const help = 'Open tasks beyond the capacity of their queue.';
  const overflow = metrics.gauge('tidewatch_queue_overflow', help, ['queue']);

  async function overflowOf(queue: string, capacity: number | null): Promise<number> {
    const counts = await Promise.all(tenants.map((tenant) => index.countQueue(tenant, queue, clock.now())));
    return counts.reduce((sum, { waiting, overdue }) => sum + queueOverflow(waiting, overdue, capacity), 0);
  }

  metrics.readWhenAsked(overflow, async () => {
    const entries = Object.entries(queues());
    const values = await Promise.all(entries.map(([name, { capacity }]) => overflowOf(name, capacity)));
    overflow.reset();
    for (const [i, [queue]] of entries.entries()) overflow.set({ queue }, values[i]);
  });
}
