import type { TaskIndex } from '../core/ports/task-index.ts';
import { taskStatuses } from '../core/tasks/task-status.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** Tasks by status, read from the index when Prometheus asks. While Redis is away the last values stand. */
export function addTaskGauge(metrics: Metrics, index: TaskIndex, tenants: readonly string[]): void {
  const tasks = metrics.gauge('tidewatch_tasks', 'Retention tasks, by status.', ['status']);
  for (const status of taskStatuses) tasks.set({ status }, 0);
  metrics.readWhenAsked(tasks, async () => {
    const counts = await index.count(tenants);
    for (const status of taskStatuses) tasks.set({ status }, counts[status]);
  });
}
