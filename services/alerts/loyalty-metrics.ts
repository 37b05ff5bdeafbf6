import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { LoyaltyTelemetry } from './loyalty/loyalty-telemetry.ts';

const results = ['booked', 'repeated', 'refused'] as const;
const tellings = ['sent', 'refused', 'unnamed'] as const;
const directions = ['up', 'down'] as const;

/** Counts bookings and changes of level; series that are known to exist begin at 0. */
export function createLoyaltyMetrics({
  metrics,
  logger,
}: {
  readonly metrics: Metrics;
  readonly logger: Logger;
}): LoyaltyTelemetry {
  const inputs = metrics.counter('tidewatch_loyalty_inputs_total', 'Events and corrections of points, by result.', [
    'result',
  ]);
  const unreadable = metrics.counter(
    'tidewatch_loyalty_unreadable_total',
    'Records that loyalty could not read and passed over.',
  );
  const levels = metrics.counter('tidewatch_member_level_changes_total', 'Changes of member levels, by what became of telling them.', ['direction', 'result']); // prettier-ignore
  for (const result of results) inputs.inc({ result }, 0);
  for (const direction of directions) for (const result of tellings) levels.inc({ direction, result }, 0);
  return {
    booked(done) {
      for (const result of done) inputs.inc({ result });
    },
    unreadable(count, topic) {
      unreadable.inc(count);
      logger.warn({ topic, count }, 'records could not be read; loyalty passed over them');
    },
    levelTold: (result, direction) => levels.inc({ direction, result }),
  };
}
