import type { EpochMs } from '../services/core/units.ts';
import type { LifeEvent } from './life-event.ts';
import { createMinHeap } from './min-heap.ts';

interface Cursor {
  readonly life: Iterator<LifeEvent, void>;
  readonly event: LifeEvent;
}

/**
 * The lives of all customers as one stream in the order of time (ties by customer, then number), beginning at `from`.
 * Holds one event per customer, however long the lives are.
 */
export function* mergeLives(lives: Iterable<Iterator<LifeEvent, void>>, from: EpochMs): Generator<LifeEvent, void> {
  const heap = createMinHeap<Cursor>((a, b) => compareEvents(a.event, b.event));
  for (const life of lives) {
    let step = life.next();
    while (step.done !== true && step.value.at < from) step = life.next();
    if (step.done !== true) heap.push({ life, event: step.value });
  }
  for (let cursor = heap.pop(); cursor !== undefined; cursor = heap.pop()) {
    yield cursor.event;
    const step = cursor.life.next();
    if (step.done !== true) heap.push({ life: cursor.life, event: step.value });
  }
}

function compareEvents(a: LifeEvent, b: LifeEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.customerId !== b.customerId) return a.customerId < b.customerId ? -1 : 1;
  return a.number - b.number;
}
