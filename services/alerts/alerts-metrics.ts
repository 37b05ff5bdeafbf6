import type { ErrorCode } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import { levels } from '../core/scoring/level.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { TakenScore } from './alerts-context.ts';
import type { AlertsTelemetry } from './telemetry.ts';

const results = ['applied', 'stale', 'degraded'] as const;
const probabilityBuckets = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const freshnessBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];

export interface AlertsMetricsOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Counts what scores did to tasks; series that are known to exist begin at 0. */
export function createAlertsMetrics({ metrics, clock, logger }: AlertsMetricsOptions): AlertsTelemetry {
  const meters = createMeters(metrics);
  const loggedCodes = new Set<ErrorCode>();

  function countApplied({ score, applied }: TakenScore, now: number): void {
    meters.byLevel.inc({ level: score.level });
    meters.probability.observe(score.churn.p90);
    if (!score.historical) meters.freshness.observe(Math.max(0, now - score.receivedAt) / 1000);
    for (const decision of applied.decisions) {
      if (decision === 'opened') meters.opened.inc();
      if (decision === 'suppressed') meters.suppressed.inc({ reason: 'historical' });
    }
  }

  return {
    scoresTaken(taken) {
      const now = clock.now();
      for (const each of taken) {
        meters.read.inc({ result: each.applied.result });
        if (each.applied.result === 'applied') countApplied(each, now);
      }
    },
    scoresUnreadable(records, topic, partition) {
      meters.unreadable.inc(records.length);
      for (const { raw, fault } of records) {
        if (loggedCodes.has(fault.code)) continue;
        loggedCodes.add(fault.code);
        const { code } = fault;
        logger.error(
          { code, topic, partition, offset: raw.offset },
          `A score went to the dead letters; further ones of this code are only counted. ${fault.message}`,
        );
      }
    },
  };
}

function createMeters(metrics: Metrics) {
  const read = metrics.counter('tidewatch_scores_read_total', 'Scores read, by what became of them.', ['result']);
  const suppressedHelp = 'Retention tasks that would have opened but did not, by the reason.';
  const suppressed = metrics.counter('tidewatch_tasks_suppressed_total', suppressedHelp, ['reason']);
  const byLevel = metrics.counter('tidewatch_risk_level_total', 'Scores applied, by risk level.', ['level']);
  for (const result of results) read.inc({ result }, 0);
  for (const level of levels) byLevel.inc({ level }, 0);
  suppressed.inc({ reason: 'historical' }, 0);
  return {
    read,
    suppressed,
    byLevel,
    opened: metrics.counter('tidewatch_tasks_opened_total', 'Retention tasks opened.'),
    unreadable: metrics.counter(
      'tidewatch_scores_unreadable_total',
      'Records of the scores topic that could not be read and went to the dead letters.',
    ),
    probability: metrics.histogram(
      'tidewatch_churn_probability',
      'Probability of no purchase within 90 days, of the scores applied.',
      probabilityBuckets,
    ),
    freshness: metrics.histogram(
      'tidewatch_score_freshness_seconds',
      'From receipt of a live event to the stored decision on its score.',
      freshnessBuckets,
    ),
  };
}
