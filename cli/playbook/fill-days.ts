import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import { fillQueue } from '../../services/core/queues/fill-queue.ts';
import type { SimulatedQueue } from './playbook-simulation.ts';
import type { AskedTask } from './simulation-tally.ts';

/**
 * Fills a queue day by day: what fits is taken as done on that day, what does not fit asks again on the next one. A task is
 * due on the day by whose end it has to be answered.
 */
export function fillDays(
  { id, capacity }: { readonly id: string; readonly capacity: number | null },
  asked: readonly AskedTask[],
  calendar: BusinessCalendar,
): SimulatedQueue {
  const byDay = Map.groupBy(asked, ({ at }) => calendar.dayOf(at));
  const days: SimulatedQueue['days'][number][] = [];
  if (byDay.size === 0) return { id, capacity, days };
  const [first, last] = [Math.min(...byDay.keys()), Math.max(...byDay.keys())];
  let left: readonly AskedTask[] = [];
  for (let day = first; day <= last; day += 1) {
    const came = byDay.get(day) ?? [];
    const end = calendar.startOf(day + 1);
    const candidates = [...left, ...came].map((task) => {
      return { ...task, isDue: task.respondBy !== null && task.respondBy < end };
    });
    const overflow = new Set(fillQueue(candidates, capacity).overflow);
    left = candidates.filter(({ taskId }) => overflow.has(taskId));
    if (came.length > 0 || left.length > 0) days.push({ day: isoFromEpochDay(day), came: came.length, overflow: left.length }); // prettier-ignore
  }
  return { id, capacity, days };
}
