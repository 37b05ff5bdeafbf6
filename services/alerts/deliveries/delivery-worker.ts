import type { DeliveryKind, DeliveryLane, StoredDelivery } from '../../core/deliveries/delivery.ts';
import { retryDelay } from '../../core/deliveries/retry-delay.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeliveryStore, Settlement } from '../../core/ports/delivery-store.ts';
import type { DurationMs } from '../../core/units.ts';
import type { DeliveryTelemetry } from './delivery-telemetry.ts';
import type { Sender, SendResult } from './sender.ts';

export interface DeliveryWorkerDeps {
  readonly store: DeliveryStore;
  readonly senders: Readonly<Record<DeliveryKind, Sender>>;
  readonly clock: Pick<Clock, 'now'>;
  readonly telemetry: DeliveryTelemetry;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface DeliveryWorker {
  /** Takes up what is due, as far as each lane has places free, and does not wait for it. */
  turn(): Promise<void>;
  /** Takes nothing up any more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** One that hangs holds so many of its own lane, and none of another. */
const placesPerLane = 4;
/** On top of the longest attempt, lest another process takes up what is only slow. */
const leaseMarginMs: DurationMs = 15_000;

/** Sends what is due, lane by lane. What a killed process had taken up comes back when its lease ends. */
export function createDeliveryWorker(deps: DeliveryWorkerDeps): DeliveryWorker {
  const { store, senders, clock, telemetry } = deps;
  const busy = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let isStopped = false;

  async function fill(lane: DeliveryLane): Promise<void> {
    const name = JSON.stringify([lane.tenant, lane.kind, lane.target]);
    const free = placesPerLane - (busy.get(name) ?? 0);
    if (isStopped || free <= 0) return;
    busy.set(name, placesPerLane);
    let taken: readonly StoredDelivery[] = [];
    try {
      const leaseMs = senders[lane.kind].longestMs + leaseMarginMs;
      taken = await store.claim(lane, { now: clock.now(), leaseMs, limit: free });
    } finally {
      busy.set(name, (busy.get(name) ?? 0) - free + taken.length);
    }
    for (const delivery of taken) track(deliver(deps, delivery), name, lane);
  }

  function track(work: Promise<void>, name: string, lane: DeliveryLane): void {
    const done = work
      .catch((error: unknown) => telemetry.fault(error))
      .then(() => {
        underWay.delete(done);
        busy.set(name, (busy.get(name) ?? 0) - 1);
        return fill(lane);
      })
      .catch((error: unknown) => telemetry.fault(error));
    underWay.add(done);
  }

  return {
    async turn() {
      for (const lane of isStopped ? [] : await store.lanes()) await fill(lane);
    },
    async stop() {
      isStopped = true;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** One attempt, and the note of it. A rejection leaves the delivery to the end of its lease. */
async function deliver(deps: DeliveryWorkerDeps, delivery: StoredDelivery): Promise<void> {
  const { store, senders, telemetry, clock } = deps;
  const { kind, id, tenant, target } = delivery;
  const result = await senders[kind].send(delivery).catch((error: unknown): SendResult => {
    telemetry.fault(error);
    return { as: 'failed', reason: 'internal', retryAfterMs: null };
  });
  const settlement = toSettlement(result, delivery, { now: clock.now(), random: deps.random() });
  if (!(await store.settle(delivery, settlement))) return;
  telemetry.count(kind, settlement.as);
  if (settlement.as === 'dead') telemetry.died({ id, kind, tenant, target, reason: settlement.reason });
}

function toSettlement(
  result: SendResult,
  { attempts }: StoredDelivery,
  { now, random }: { readonly now: number; readonly random: number },
): Settlement {
  if (result.as === 'sent') return { as: 'sent', at: now };
  if (result.as === 'dead') return { as: 'dead', reason: result.reason, at: now };
  if (result.as === 'waiting') return result;
  const delay = retryDelay(attempts + 1, random, result.retryAfterMs);
  if (delay === null) return { as: 'dead', reason: result.reason, at: now };
  return { as: 'failed', reason: result.reason, nextAt: now + delay };
}
