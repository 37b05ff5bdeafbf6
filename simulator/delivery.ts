import type { DurationMs, EpochMs } from '../services/core/units.ts';
import type { LifeEvent } from './life-event.ts';
import { createMinHeap } from './min-heap.ts';
import type { Random } from './random.ts';

/** How unreliable the way to the engine is. */
export interface DeliveryFaults {
  /** Share of events that arrive later than others that happened after them. */
  readonly lateShare: number;
  /** Longest delay of a late one; it never crosses midnight UTC. */
  readonly maxDelayMs: DurationMs;
  /** Share of events that arrive twice, under the same message id. */
  readonly duplicateShare: number;
}

export interface Delivery {
  readonly event: LifeEvent;
  readonly deliverAt: EpochMs;
  readonly isDuplicate: boolean;
}

interface Underway extends Delivery {
  readonly order: number;
}

const dayMs = 86_400_000;

/**
 * In which order events arrive, given that they happened in the order of `events`. Holds only what is under way, so it
 * serves an endless stream too.
 */
export function* planDeliveries(
  events: Iterable<LifeEvent>,
  faults: DeliveryFaults,
  random: Random,
): Generator<Delivery, void> {
  const underway = createMinHeap<Underway>((a, b) => a.deliverAt - b.deliverAt || a.order - b.order);
  let order = 0;
  const depart = (event: LifeEvent, deliverAt: EpochMs, isDuplicate: boolean): void => {
    underway.push({ event, deliverAt, isDuplicate, order });
    order += 1;
  };
  for (const event of events) {
    while (underway.peek() !== undefined && underway.peek()!.deliverAt < event.at) yield arrive(underway.pop()!);
    const deliverAt = random.chance(faults.lateShare) ? delay(event.at, faults, random) : event.at;
    depart(event, deliverAt, false);
    if (random.chance(faults.duplicateShare)) depart(event, delay(deliverAt, faults, random), true);
  }
  while (underway.peek() !== undefined) yield arrive(underway.pop()!);
}

function arrive(underway: Underway): Delivery {
  return { event: underway.event, deliverAt: underway.deliverAt, isDuplicate: underway.isDuplicate };
}

function delay(at: EpochMs, faults: DeliveryFaults, random: Random): EpochMs {
  const endOfDay = (Math.floor(at / dayMs) + 1) * dayMs - 1;
  return Math.min(endOfDay, at + Math.round(random.between(0, faults.maxDelayMs)));
}
