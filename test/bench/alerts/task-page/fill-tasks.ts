import type { StateStore } from '../../../../services/core/ports/state-store.ts';
import type { TaskIndex } from '../../../../services/core/ports/task-index.ts';
import { createAlertsBench } from '../../../support/alerts-bench.ts';
import { aScore } from '../../../support/score-builder.ts';
import { benchCustomer } from '../../pipeline/bench-events.ts';

const chunk = 500;

/** Opens a task for each of `count` customers, as alerts do but for the topic; their worth is spread evenly. */
export async function fillTasks(store: StateStore, index: TaskIndex, count: number): Promise<void> {
  const sink = { publish: () => Promise.resolve(), stop: () => Promise.resolve() };
  const alerts = createAlertsBench({ store, index, sink });
  const now = Date.now();
  for (let at = 0; at < count; at += chunk) {
    const size = Math.min(chunk, count - at);
    const scores = Array.from({ length: size }, (_, i) => {
      const mean = 1 + (((at + i) * 7_919) % 10_007);
      const spend = { mean, median: mean / 2, currency: 'GBP' };
      return aScore({ surrogate: benchCustomer(at + i), expectedSpend90d: spend, receivedAt: now - count + at + i });
    });
    await alerts.deliver(scores);
  }
}
