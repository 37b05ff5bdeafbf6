import type { Metrics } from '../platform/telemetry/metrics.ts';
import { resultNames } from './event-result.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';

/** Counts replayed events apart from those that clients send: what came and what was answered stay equal. */
export function createReplayMetrics(metrics: Metrics, telemetry: IngestTelemetry): IngestTelemetry {
  const help = 'Events of dead letters that were taken through ingest again, by their result.';
  const events = metrics.counter('tidewatch_ingest_replayed_events_total', help, ['result']);
  for (const result of resultNames) events.inc({ result }, 0);
  return {
    ...telemetry,
    // They say how the letters were mended, not how their source sends.
    observed: () => undefined,
    answered(results) {
      for (const { result } of results) events.inc({ result });
    },
  };
}
