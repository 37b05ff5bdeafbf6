import { ruleIds } from '../core/quality/clean-rules.ts';
import { qualityDimensions } from '../core/quality/quality-dimension.ts';
import type { EventQuality } from '../core/quality/quality-mark.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';

export type QualityTelemetry = Pick<
  IngestTelemetry,
  'observed' | 'qualityUnwritten' | 'qualityChecked' | 'qualityChanged' | 'qualityUnchecked'
>;

/** Labels are tenants and sources of the installation, and words of closed sets. */
export function createQualityMetrics(metrics: Metrics, logger: Logger): QualityTelemetry {
  const labels = ['tenant', 'source', 'dimension', 'result'];
  const values = metrics.counter('tidewatch_quality_values_total', 'Values judged, by dimension: good or bad.', labels);
  const cleaned = metrics.counter('tidewatch_quality_cleaned_total', 'Values that a cleaning rule changed.', ['rule']);
  const surplus = metrics.counter('tidewatch_quality_surplus_fields_total', 'Fields left out by an allow-list.');
  const failures = metrics.counter('tidewatch_quality_write_failures_total', 'Times counts could not be written.');
  for (const rule of ruleIds) cleaned.inc({ rule }, 0);
  return {
    ...checkMetrics(metrics, logger),
    observed({ tenant, source }, _receivedAt, events) {
      for (const event of events) {
        for (const rule of event.rules) cleaned.inc({ rule });
        if (event.surplus > 0) surplus.inc(event.surplus);
      }
      for (const [dimension, { good, bad }] of sumMarks(events)) {
        const about = { tenant: tenant.id, source, dimension };
        if (good > 0) values.inc({ ...about, result: 'good' }, good);
        if (bad > 0) values.inc({ ...about, result: 'bad' }, bad);
      }
    },
    qualityUnwritten(error) {
      failures.inc();
      logger.warn({ err: error }, 'counts of data quality could not be written; they are kept for the next time');
    },
  };
}

function checkMetrics(
  metrics: Metrics,
  logger: Logger,
): Pick<QualityTelemetry, 'qualityChecked' | 'qualityChanged' | 'qualityUnchecked'> {
  const labels = ['tenant', 'source', 'dimension'];
  const scores = metrics.gauge('tidewatch_quality_score', 'Share of good values, yesterday and today.', labels);
  const below = metrics.gauge('tidewatch_quality_below_target', '1 where the share is below its target.', labels);
  const last = metrics.gauge('tidewatch_quality_checked_timestamp_seconds', 'When scores were compared last.');
  return {
    qualityChecked(found) {
      scores.reset();
      below.reset();
      for (const { tenant, source, dimension, score } of found) {
        scores.set({ tenant, source, dimension }, score.score);
        below.set({ tenant, source, dimension }, score.isMet ? 0 : 1);
      }
      last.setToCurrentTime();
    },
    qualityChanged({ tenant, source, dimension, score, worst }) {
      const facts = { tenant, source, dimension, score: score.score, target: score.target, worst };
      if (score.isMet) logger.info(facts, 'the quality of a source has reached its target again');
      else logger.warn(facts, 'the quality of a source is below its target; GET /v1/quality shows it field by field');
    },
    qualityUnchecked: (error) => logger.warn({ err: error }, 'the quality of sources could not be checked'),
  };
}

/** How often each dimension was good or bad: one increase per request, not per value. */
function sumMarks(events: readonly EventQuality[]): ReadonlyMap<string, { good: number; bad: number }> {
  const sums = qualityDimensions.map(() => ({ good: 0, bad: 0 }));
  for (const { marks } of events) {
    for (const { dimension, isGood } of marks) sums[qualityDimensions.indexOf(dimension)][isGood ? 'good' : 'bad'] += 1;
  }
  return new Map(qualityDimensions.map((dimension, index) => [dimension, sums[index]]));
}
