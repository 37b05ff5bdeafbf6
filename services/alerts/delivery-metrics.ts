import type { DeliveryKind } from '../core/deliveries/delivery.ts';
import type { DeliveryStore } from '../core/ports/delivery-store.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { deliveryResults, type DeliveryTelemetry } from './deliveries/delivery-telemetry.ts';

export interface DeliveryMetricsOptions {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'now'>;
  readonly store: DeliveryStore;
}

const kinds: readonly DeliveryKind[] = ['webhook', 'message', 'event', 'digest'];

/** Counts deliveries, and reads what waits from the store when Prometheus asks. */
export function createDeliveryMetrics(options: DeliveryMetricsOptions): DeliveryTelemetry {
  const { metrics, logger } = options;
  const total = metrics.counter('tidewatch_deliveries_total', 'Deliveries, by what became of each attempt.', [
    'kind',
    'result',
  ]);
  for (const kind of kinds) for (const result of deliveryResults) total.inc({ kind, result }, 0);
  const help = 'Records of the tasks topic that could not be read for deliveries and went to the dead letters.';
  const unreadable = metrics.counter('tidewatch_deliveries_unreadable_total', help);
  addBacklogGauges(options);
  const told = new Set<string>();
  return {
    count: (kind, result, many = 1) => total.inc({ kind, result }, many),
    died(delivery) {
      // One line per receiver and reason: a channel that is not set up would fill the log.
      const name = JSON.stringify([delivery.tenant, delivery.kind, delivery.target, delivery.reason]);
      const level = told.has(name) ? 'debug' : 'warn';
      if (told.size < mostTold) told.add(name);
      logger[level](
        { ...delivery },
        'a delivery was given up; further ones of this receiver and reason are only counted',
      );
    },
    unreadable: (many) => unreadable.inc(many),
    fault: (error) => logger.error({ err: error }, 'deliveries met a fault; what was under way is tried again'),
  };
}

const mostTold = 1000;

function addBacklogGauges({ metrics, store, clock }: DeliveryMetricsOptions): void {
  const pending = metrics.gauge('tidewatch_deliveries_pending', 'Deliveries that wait or are under way.', ['kind']);
  const dead = metrics.gauge('tidewatch_deliveries_dead', 'Deliveries that were given up and can be replayed.', [
    'kind',
  ]);
  const ageHelp = 'Age of the oldest delivery that waits, in seconds; 0 for none.';
  const age = metrics.gauge('tidewatch_deliveries_oldest_pending_seconds', ageHelp, ['kind']);
  const gauges = [pending, dead, age];
  for (const gauge of gauges) for (const kind of kinds) gauge.set({ kind }, 0);
  metrics.readWhenAsked(pending, async () => {
    const backlogs = await readBacklogs(store);
    for (const kind of kinds) {
      const own = backlogs.filter((each) => each.kind === kind);
      pending.set(
        { kind },
        own.reduce((sum, each) => sum + each.pending, 0),
      );
      dead.set(
        { kind },
        own.reduce((sum, each) => sum + each.dead, 0),
      );
      const oldest = Math.min(...own.map(({ oldestAt }) => oldestAt ?? Infinity));
      age.set({ kind }, oldest === Infinity ? 0 : Math.max(0, clock.now() - oldest) / 1000);
    }
  });
}

async function readBacklogs(store: DeliveryStore) {
  const lanes = await store.lanes();
  return Promise.all(lanes.map(async (lane) => ({ kind: lane.kind, ...(await store.backlog(lane)) })));
}
