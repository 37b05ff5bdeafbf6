import type { BusinessCalendar } from '../../core/events/business-day.ts';
import type { Delivery } from '../../core/deliveries/delivery.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { EpochMs } from '../../core/units.ts';

/** Queues that get a digest each day. */
export interface DigestSchedule {
  readonly tenant: string;
  readonly calendar: BusinessCalendar;
  /** The first instant of a local day at which its clocks show `minute`. */
  readonly dueAt: (day: number) => EpochMs;
  readonly queues: readonly string[];
}

/**
 * Queues the digests of today once their time has come. Their ids are made of tenant, queue and day, so whoever asks
 * first queues them and everybody after finds them known. A day that is over without one has none.
 */
export function createDigestPlanner(
  store: DeliveryStore,
  clock: Pick<Clock, 'now'>,
  schedules: readonly DigestSchedule[],
): { plan(): Promise<number> } {
  return {
    async plan() {
      const now = clock.now();
      const due = schedules.flatMap((schedule) => digestsOf(schedule, now));
      if (due.length === 0) return 0;
      return (await store.enqueue(due, now)).filter(Boolean).length;
    },
  };
}

function digestsOf({ tenant, calendar, dueAt, queues }: DigestSchedule, now: EpochMs): Delivery[] {
  const day = calendar.dayOf(now);
  const at = dueAt(day);
  if (now < at) return [];
  const date = calendar.isoDate(day);
  const subject = { surrogate: null, customerRef: null, taskId: null, playbook: null, channel: null };
  return queues.map((queue) => ({
    ...{ id: `digest.${queue}.${date}`, tenant, kind: 'digest', target: queue },
    ...{ subject, createdAt: at, dueAt: at, payload: JSON.stringify({ day: date }) },
  }));
}
