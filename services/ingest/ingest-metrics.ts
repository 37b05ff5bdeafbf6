import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { resultNames } from './event-result.ts';
import type { EventResult } from './event-result.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { createQualityMetrics } from './quality-metrics.ts';

const eventsPerRequest = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];

/**
 * Counters and log lines of ingest. Each result and attempt is there with 0 from the start, so that the first event is
 * seen as an increase.
 */
export function createIngestMetrics(metrics: Metrics, logger: Logger): IngestTelemetry & PlanTelemetry {
  const meters = createMeters(metrics);
  return {
    ...{ ...planTelemetry(meters, logger), ...createQualityMetrics(metrics, logger) },
    ...defectTelemetry(meters, logger),
    received: (isRetry) => meters.requests.inc({ attempt: isRetry ? 'retry' : 'first' }),
    inFlight(count, bytes) {
      meters.requestsInFlight.set(count);
      meters.bytesInFlight.set(bytes);
    },
    turnedDown: () => meters.turnedDown.inc(),
    rateLimited: () => meters.rateLimited.inc(),
    limitUnchecked(error) {
      meters.limitsUnchecked.inc();
      logger.warn({ err: error }, 'a rate limit could not be asked for; the request went on');
    },
    installationRead(error) {
      meters.installations.inc({ result: error === null ? 'taken' : 'refused' });
      if (error === null) logger.info('the changed installation file is in force');
      else logger.error({ err: error }, 'the changed installation file is not taken; the one before stays in force');
    },
    answered(results, droppedProperties, { channel }) {
      countEvents(meters, results, channel);
      for (const { code } of results) if (code !== null) meters.rejections.inc({ code });
      meters.batch.observe(results.length);
      meters.dropped.inc(droppedProperties);
    },
    writeFailed(error) {
      meters.failures.inc({ code: error.code });
      logger.warn({ err: error }, 'events were not written; their clients were asked to send them again');
    },
    claimsLeft(count, error) {
      meters.claimsLeft.inc(count);
      logger.warn({ err: error, count }, 'claims could not be settled; they lapse by themselves');
    },
  };
}

function countResults(results: readonly EventResult[]): ReadonlyMap<EventResult['result'], number> {
  const counts = new Map<EventResult['result'], number>();
  for (const { result } of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  return counts;
}

function countEvents({ events, byChannel }: Meters, results: readonly EventResult[], channel: string): void {
  for (const [result, count] of countResults(results)) {
    events.inc({ result }, count);
    byChannel.inc({ channel, result }, count);
  }
}

/** What must never be told. */
function defectTelemetry(meters: Meters, logger: Logger): Pick<IngestTelemetry, 'stepBroke' | 'unbalanced'> {
  return {
    stepBroke(error) {
      meters.defects.inc();
      logger.error({ err: error }, 'an event met a defect; it is kept as a dead letter');
    },
    unbalanced() {
      meters.unbalanced.inc();
      logger.error('a request was answered with another number of results than it had events');
    },
  };
}

type Meters = ReturnType<typeof createMeters>;

/** What the watch over the tracking plan tells. */
export interface PlanTelemetry {
  planReloaded(this: void, result: 'loaded' | 'refused'): void;
}

function planTelemetry(
  meters: ReturnType<typeof createMeters>,
  logger: Logger,
): PlanTelemetry & Pick<IngestTelemetry, 'unmapped' | 'unmappedUnwritten'> {
  return {
    unmapped: (_tenant, _source, names) => meters.unmapped.inc(names.length),
    unmappedUnwritten(error) {
      meters.unmappedUnwritten.inc();
      logger.warn({ err: error }, 'unmapped names could not be written; they are kept for the next time');
    },
    planReloaded: (result) => meters.planReloads.inc({ result }),
  };
}

function createMeters(metrics: Metrics) {
  const counter = (name: string, help: string, labels: string[] = []) =>
    metrics.counter(`tidewatch_ingest_${name}_total`, help, labels);
  const events = metrics.counter('tidewatch_events_total', 'Events answered 2xx, by their result.', ['result']);
  const requests = counter('requests', 'Requests that came, first ones and retries.', ['attempt']);
  for (const result of resultNames) events.inc({ result }, 0);
  const planReloads = counter('plan_reloads', 'Changed tracking plans that came into force or were refused.', [
    'result',
  ]);
  for (const result of ['loaded', 'refused']) planReloads.inc({ result }, 0);
  const installations = counter('installation_changes', 'Changes of the installation file.', ['result']);
  for (const result of ['taken', 'refused']) installations.inc({ result }, 0);
  for (const attempt of ['first', 'retry']) requests.inc({ attempt }, 0);
  return {
    events,
    requests,
    planReloads,
    byChannel: metrics.counter(
      'tidewatch_ingest_channel_events_total',
      'Events answered 2xx, by the usual channel of their write key and their result.',
      ['channel', 'result'],
    ),
    defects: metrics.counter('tidewatch_ingest_defects_total', 'Events that met a defect.'),
    unbalanced: metrics.counter('tidewatch_ingest_results_unbalanced_total', 'Requests with too many or few results.'),
    rejections: counter('rejections', 'Dead-lettered events, by reason.', ['code']),
    dropped: counter('properties_dropped', 'Properties beyond the number or depth that a record holds.'),
    unmapped: counter('unmapped_events', 'Accepted events whose names the tracking plan does not know.'),
    unmappedUnwritten: counter('unmapped_write_failures', 'Times unmapped names could not be written.'),
    turnedDown: counter('turned_down', 'Requests turned down because too much was unfinished.'),
    installations,
    rateLimited: counter('rate_limited', 'Requests answered 429 because their key was over its limit.'),
    limitsUnchecked: counter('rate_limits_unchecked', 'Requests whose limit could not be asked for; they went on.'),
    failures: counter('write_failures', 'Requests whose events could not be written.', ['code']),
    claimsLeft: counter('claims_left', 'Claims that could not be settled and lapse by themselves.'),
    batch: metrics.histogram('tidewatch_ingest_request_events', 'Events per answered request.', eventsPerRequest),
    requestsInFlight: metrics.gauge('tidewatch_ingest_in_flight_requests', 'Requests not finished.'),
    bytesInFlight: metrics.gauge('tidewatch_ingest_in_flight_bytes', 'Bytes of requests not finished.'),
  };
}
