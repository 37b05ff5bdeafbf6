import type { Metrics } from '../telemetry/metrics.ts';

const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5, 30];

/** Runs one publication and counts it. @param records how many it publishes */
export type SinkMeter = <T>(records: number, publish: () => Promise<T>) => Promise<T>;

/** Rate, errors, duration and what is under way of a sink; without metrics it only runs. */
export function createSinkMeter(metrics: Metrics | undefined): SinkMeter {
  if (metrics === undefined) return (_records, publish) => publish();
  const published = metrics.counter('tidewatch_kafka_published_records_total', 'Records that Kafka acknowledged.');
  const failures = metrics.counter('tidewatch_kafka_publish_failures_total', 'Publications that failed, by code.', [
    'code',
  ]);
  const pending = metrics.gauge(
    'tidewatch_kafka_unacknowledged_records',
    'Records that wait for their turn or for Kafka.',
  );
  const help = 'From asking for a publication to its acknowledgement by all replicas.';
  const durations = metrics.histogram('tidewatch_kafka_publish_duration_seconds', help, bucketsSeconds);
  return async (records, publish) => {
    const begun = performance.now();
    pending.inc(records);
    try {
      const result = await publish();
      published.inc(records);
      durations.observe((performance.now() - begun) / 1000);
      return result;
    } catch (error) {
      failures.inc({ code: (error as { code?: string }).code ?? 'ERR_INTERNAL' });
      throw error;
    } finally {
      pending.dec(records);
    }
  };
}
