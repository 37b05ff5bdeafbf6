import type { EngineError } from '../core/errors.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { resultNames } from './event-result.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';

const eventsPerRequest = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];

/**
 * Counters and log lines of ingest. Each result and attempt is there with 0 from the start, so that the first event is
 * seen as an increase.
 */
export function createIngestMetrics(metrics: Metrics, logger: Logger): IngestTelemetry {
  const events = metrics.counter('tidewatch_events_total', 'Events answered 2xx, by their result.', ['result']);
  const rejections = metrics.counter('tidewatch_ingest_rejections_total', 'Dead-lettered events, by reason.', ['code']);
  const requests = metrics.counter('tidewatch_ingest_requests_total', 'Ingest requests, first ones and retries.', [
    'attempt',
  ]);
  const batch = metrics.histogram('tidewatch_ingest_request_events', 'Events per answered request.', eventsPerRequest);
  const dropped = metrics.counter('tidewatch_ingest_properties_dropped_total', 'Properties beyond number or depth.');
  const turnedDown = metrics.counter('tidewatch_ingest_turned_down_total', 'Requests turned down for lack of room.');
  const failures = metrics.counter('tidewatch_ingest_write_failures_total', 'Requests that could not be written.', [
    'code',
  ]);
  const claimsLeft = metrics.counter('tidewatch_ingest_claims_left_total', 'Claims left to lapse by themselves.');
  const requestsInFlight = metrics.gauge('tidewatch_ingest_in_flight_requests', 'Requests not finished.');
  const bytesInFlight = metrics.gauge('tidewatch_ingest_in_flight_bytes', 'Bytes of requests not finished.');
  for (const result of resultNames) events.inc({ result }, 0);
  for (const attempt of ['first', 'retry']) requests.inc({ attempt }, 0);

  return {
    received: (isRetry) => requests.inc({ attempt: isRetry ? 'retry' : 'first' }),
    inFlight(count, bytes) {
      requestsInFlight.set(count);
      bytesInFlight.set(bytes);
    },
    turnedDown: () => turnedDown.inc(),
    answered(results, droppedProperties) {
      for (const result of resultNames) {
        const count = results.filter((each) => each.result === result).length;
        if (count > 0) events.inc({ result }, count);
      }
      for (const { code } of results) if (code !== null) rejections.inc({ code });
      batch.observe(results.length);
      if (droppedProperties > 0) dropped.inc(droppedProperties);
    },
    writeFailed(error: EngineError) {
      failures.inc({ code: error.code });
      logger.warn({ err: error }, 'events were not written; their clients were asked to send them again');
    },
    stepBroke: (error) => logger.error({ err: error }, 'an event met a defect; it is kept as a dead letter'),
    claimsLeft(count, error) {
      claimsLeft.inc(count);
      logger.warn({ err: error, count }, 'claims could not be settled; they lapse by themselves');
    },
  };
}
