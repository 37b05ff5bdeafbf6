import type { EpochMs } from '../services/core/units.ts';
import type { Customer } from './customer.ts';
import { customerLife } from './customer-life.ts';
import { planDeliveries, type Delivery, type DeliveryFaults } from './delivery.ts';
import type { LifeEvent } from './life-event.ts';
import { mergeLives } from './merge-lives.ts';
import { createRandom } from './random.ts';
import type { SegmentCall } from './segment-call.ts';
import { toSegmentCall, type CallContext } from './to-segment-call.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly customers: readonly Customer[];
  readonly reference: EpochMs;
  readonly currency: string;
}

export interface PlannedCall {
  readonly call: SegmentCall;
  readonly deliverAt: EpochMs;
  readonly isDuplicate: boolean;
}

const historyFaults: DeliveryFaults = { lateShare: 0.1, maxDelayMs: 3 * 3_600_000, duplicateShare: 0.01 };
const liveFaults: DeliveryFaults = { lateShare: 0.1, maxDelayMs: 20_000, duplicateShare: 0.01 };

/** Everything before the reference moment, as an import. Same options, same bytes. */
export function* planHistory(options: SimulationOptions): Generator<PlannedCall, void> {
  const runId = nameRun(options);
  const context = { runId, currency: options.currency, imported: { importId: `${runId}-history` } };
  const events = takeUntil(mergeLives(startLives(options), -Infinity), options.reference);
  const random = createRandom(options.seed, 'deliveries:history');
  for (const delivery of planDeliveries(events, historyFaults, random)) {
    yield toPlannedCall(delivery, context);
  }
}

/**
 * What comes after the reference moment, told faster than life: the customers' coming weeks in their order, one event
 * every `1 / rate` seconds from `liveStart` on, each stamped with the moment it is told.
 */
export function* planLive(
  options: SimulationOptions,
  live: { readonly liveStart: EpochMs; readonly rate: number },
): Generator<PlannedCall, void> {
  const context = { runId: nameRun(options), currency: options.currency, imported: null };
  const events = restamp(mergeLives(startLives(options), options.reference), live.liveStart, 1000 / live.rate);
  const random = createRandom(options.seed, 'deliveries:live');
  for (const delivery of planDeliveries(events, liveFaults, random)) {
    yield toPlannedCall(delivery, context);
  }
}

function toPlannedCall(delivery: Delivery, context: CallContext): PlannedCall {
  const { deliverAt, isDuplicate } = delivery;
  return { call: toSegmentCall(delivery.event, context), deliverAt, isDuplicate };
}

function startLives(options: SimulationOptions): Generator<LifeEvent, void>[] {
  return options.customers.map((customer) => customerLife(customer, options.seed));
}

/** Begins every message id of one run, and no message id of another. */
export function nameRun(options: Pick<SimulationOptions, 'seed' | 'reference'>): string {
  return `sim${options.seed}-${options.reference.toString(36)}`;
}

function* takeUntil(events: Iterable<LifeEvent>, end: EpochMs): Generator<LifeEvent, void> {
  for (const event of events) {
    if (event.at >= end) return;
    yield event;
  }
}

function* restamp(events: Iterable<LifeEvent>, start: EpochMs, stepMs: number): Generator<LifeEvent, void> {
  let at = start;
  for (const event of events) {
    yield { ...event, at: Math.round(at) };
    at += stepMs;
  }
}
