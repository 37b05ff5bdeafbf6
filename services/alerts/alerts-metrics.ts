import type { ErrorCode } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import { levels } from '../core/scoring/level.ts';
import { taskStatuses } from '../core/tasks/task-status.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
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
  const read = metrics.counter('tidewatch_scores_read_total', 'Scores read, by what became of them.', ['result']);
  const unreadable = metrics.counter(
    'tidewatch_scores_unreadable_total',
    'Records of the scores topic that could not be read and went to the dead letters.',
  );
  const opened = metrics.counter('tidewatch_tasks_opened_total', 'Retention tasks opened.');
  const suppressed = metrics.counter('tidewatch_tasks_suppressed_total', 'Retention tasks that would have opened.', [
    'reason',
  ]);
  const byLevel = metrics.counter('tidewatch_risk_level_total', 'Scores taken, by risk level.', ['level']);
  const probability = metrics.histogram(
    'tidewatch_churn_probability',
    'Probability of no purchase within 90 days, of the scores taken.',
    probabilityBuckets,
  );
  const freshness = metrics.histogram(
    'tidewatch_score_freshness_seconds',
    'From receipt of a live event to the stored decision on its score.',
    freshnessBuckets,
  );
  for (const result of results) read.inc({ result }, 0);
  for (const level of levels) byLevel.inc({ level }, 0);
  suppressed.inc({ reason: 'historical' }, 0);
  const loggedCodes = new Set<ErrorCode>();

  return {
    scoresTaken(taken) {
      const now = clock.now();
      for (const { score, applied } of taken) {
        read.inc({ result: applied.result });
        if (applied.result !== 'applied') continue;
        byLevel.inc({ level: score.level });
        probability.observe(score.churn.p90);
        if (!score.historical) freshness.observe(Math.max(0, now - score.receivedAt) / 1000);
        for (const decision of applied.decisions) {
          if (decision === 'opened') opened.inc();
          if (decision === 'suppressed') suppressed.inc({ reason: 'historical' });
        }
      }
    },
    scoresUnreadable(records, topic, partition) {
      unreadable.inc(records.length);
      for (const { raw, fault } of records) {
        if (loggedCodes.has(fault.code)) continue;
        loggedCodes.add(fault.code);
        const { code } = fault;
        logger.error(
          { code, topic, partition, offset: raw.offset },
          'a score went to the dead letters; more are counted',
        );
      }
    },
  };
}

/** Tasks by status, read from the index when Prometheus asks; Redis being away leaves the last values standing. */
export function addTaskGauge(metrics: Metrics, index: TaskIndex, tenants: readonly string[]): void {
  const tasks = metrics.gauge('tidewatch_tasks', 'Retention tasks, by status.', ['status']);
  for (const status of taskStatuses) tasks.set({ status }, 0);
  Object.assign(tasks, {
    async collect() {
      const counts = await index.count(tenants).catch(() => null);
      if (counts !== null) for (const status of taskStatuses) tasks.set({ status }, counts[status]);
    },
  });
}
