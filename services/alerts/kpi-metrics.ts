import type { PartitionHealth } from '../core/ports/log.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { EpochMs } from '../core/units.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { KpiTelemetry } from './kpis/kpi-telemetry.ts';

const results = ['counted', 'copy', 'too-late', 'other', 'unreadable'] as const;
const reasons = ['other-log', 'log-cut-back'] as const;

export interface KpiMetricsOptions {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly health: () => readonly PartitionHealth[];
}

/** Counts what becomes of facts; series that are known to exist begin at 0. */
export function createKpiMetrics({ metrics, logger, clock, health }: KpiMetricsOptions): KpiTelemetry {
  const facts = metrics.counter('tidewatch_kpi_facts_counted_total', 'KPI facts by what became of them.', ['result']);
  const lost = metrics.counter('tidewatch_kpi_facts_lost_total', 'KPI facts that the log lost before they were counted.'); // prettier-ignore
  const rewinds = metrics.counter('tidewatch_kpi_rewinds_total', 'Times a partition of facts was read again because the store was behind.'); // prettier-ignore
  const recounts = metrics.counter('tidewatch_kpi_recounts_total', 'Times a partition of facts was forgotten and counted anew.', ['reason']); // prettier-ignore
  const producedAt = new Map<number, EpochMs>();
  for (const result of results) facts.inc({ result }, 0);
  for (const reason of reasons) recounts.inc({ reason }, 0);
  addStaleness({ metrics, clock, health }, producedAt);
  return {
    counted(partition, tally, at) {
      producedAt.set(partition, at);
      for (const result of results) if (tally[result] > 0) facts.inc({ result }, tally[result]);
    },
    lost(partition, count) {
      lost.inc(count);
      logger.error({ partition, facts: count }, 'the log lost KPI facts before they were counted; KPIs lack them');
    },
    wentBack(partition, offset) {
      rewinds.inc();
      logger.warn({ partition, offset }, 'the store is behind the log of KPI facts; reading again');
    },
    recounts(partition, reason) {
      recounts.inc({ reason });
      logger.warn({ partition, reason }, 'what was counted of KPI facts is forgotten, and counted anew from the log');
    },
  };
}

function addStaleness(
  { metrics, clock, health }: Omit<KpiMetricsOptions, 'logger'>,
  producedAt: ReadonlyMap<number, EpochMs>,
): void {
  const help = 'How far the KPIs of the partitions owned here lie behind the log: age of the newest fact counted, 0 where none waits; absent while nobody can say.'; // prettier-ignore
  const staleness = metrics.gauge('tidewatch_kpi_staleness_seconds', help);
  Object.assign(staleness, {
    collect() {
      const ages = health().map(({ partition, lag, ageMs }) => {
        if (lag === null) return null;
        const at = producedAt.get(partition);
        return lag === 0 ? 0 : at === undefined ? ageMs : clock.now() - at;
      });
      const known = ages.filter((age) => age !== null);
      if (known.length < ages.length || known.length === 0) staleness.remove();
      else staleness.set(Math.max(...known) / 1000);
    },
  });
}
