import { ruleIds } from '../core/quality/clean-rules.ts';
import type { EventQuality } from '../core/quality/quality-mark.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';

export type QualityTelemetry = Pick<IngestTelemetry, 'observed' | 'qualityUnwritten'>;

/** Labels are tenants and sources of the installation, and words of closed sets. */
export function createQualityMetrics(metrics: Metrics, logger: Logger): QualityTelemetry {
  const labels = ['tenant', 'source', 'dimension', 'result'];
  const values = metrics.counter('tidewatch_quality_values_total', 'Values judged, by dimension: good or bad.', labels);
  const cleaned = metrics.counter('tidewatch_quality_cleaned_total', 'Values that a cleaning rule changed.', ['rule']);
  const surplus = metrics.counter('tidewatch_quality_surplus_fields_total', 'Fields left out by an allow-list.');
  const failures = metrics.counter('tidewatch_quality_write_failures_total', 'Times counts could not be written.');
  for (const rule of ruleIds) cleaned.inc({ rule }, 0);
  return {
    observed({ tenant, source }, _receivedAt, events) {
      for (const event of events) {
        for (const rule of event.rules) cleaned.inc({ rule });
        surplus.inc(event.surplus);
      }
      for (const [key, count] of sumMarks(events)) {
        const [dimension, result] = key.split(' ');
        values.inc({ tenant: tenant.id, source, dimension, result }, count);
      }
    },
    qualityUnwritten(error) {
      failures.inc();
      logger.warn({ err: error }, 'counts of data quality could not be written; they are kept for the next time');
    },
  };
}

/** `<dimension> good|bad` → how often: one increase per request, not per value. */
function sumMarks(events: readonly EventQuality[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { marks } of events) {
    for (const { dimension, isGood } of marks) {
      const key = `${dimension} ${isGood ? 'good' : 'bad'}`;
      sums.set(key, (sums.get(key) ?? 0) + 1);
    }
  }
  return sums;
}
