import { describe, expect, it } from 'vitest';
import { createAlertsMetrics } from '../../../services/alerts/alerts-metrics.ts';
import { addTaskGauge } from '../../../services/alerts/task-gauge.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { alertsCodecs, createAlertsBench } from '../../support/alerts-bench.ts';
import { caseEvent } from '../../support/case-inputs.ts';
import { aCommand } from '../../support/command-builder.ts';
import { aScore } from '../../support/score-builder.ts';

const now = 1_700_000_010_000;

function openBench() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'info', destination });
  const metrics = createMetrics('alerts');
  const telemetry = createAlertsMetrics({ metrics, clock: createVirtualClock(now), logger });
  const bench = createAlertsBench({ telemetry });
  addTaskGauge(metrics, bench.index, ['demo']);
  const read = async () => {
    const text = await metrics.registry.metrics();
    return text.split('\n').filter((line) => !line.startsWith('#') && line.startsWith('tidewatch_'));
  };
  return { bench, telemetry, read, lines };
}

describe('the metrics of alerts', () => {
  it('name every status, level and reason from the start, at 0', async () => {
    const { read } = openBench();
    const lines = await read();
    for (const status of ['open', 'claimed', 'responded', 'resolved', 'expired', 'retracted']) {
      expect(lines).toContain(`tidewatch_tasks{status="${status}"} 0`);
    }
    for (const level of ['none', 'watch', 'high', 'critical']) {
      expect(lines).toContain(`tidewatch_risk_level_total{level="${level}"} 0`);
    }
    expect(lines).toContain('tidewatch_tasks_opened_total 0');
    expect(lines).toContain('tidewatch_tasks_suppressed_total{reason="historical"} 0');
    expect(lines).toContain('tidewatch_scores_unreadable_total 0');
    for (const kind of ['task', 'serviceCase', 'usage']) {
      expect(lines).toContain(`tidewatch_kpi_facts_total{kind="${kind}"} 0`);
    }
  });

  it('count what scores did once, and show the tasks that stand', async () => {
    const { bench, read } = openBench();
    const other = 'f'.repeat(32);
    const scores = [
      aScore({ historical: true, receivedAt: 0 }),
      aScore({ stateVersion: 2, receivedAt: now - 2_000 }),
      aScore({ surrogate: other, level: 'critical', receivedAt: now - 2_000 }),
      aScore({ surrogate: other, level: 'none', stateVersion: 2, receivedAt: now + 5_000 }),
      aScore({ surrogate: other, degraded: true, stateVersion: 3 }),
    ];
    await bench.deliver(scores);
    await bench.deliver(scores.slice(0, 4));
    expect(await read()).toEqual(
      expect.arrayContaining([
        'tidewatch_tasks{status="open"} 1',
        'tidewatch_tasks{status="retracted"} 1',
        'tidewatch_tasks_opened_total 2',
        'tidewatch_tasks_suppressed_total{reason="historical"} 1',
        'tidewatch_risk_level_total{level="high"} 2',
        'tidewatch_risk_level_total{level="critical"} 1',
        'tidewatch_risk_level_total{level="none"} 1',
        'tidewatch_scores_read_total{result="applied"} 4',
        'tidewatch_scores_read_total{result="stale"} 4',
        'tidewatch_scores_read_total{result="degraded"} 1',
        'tidewatch_churn_probability_count 4',
        'tidewatch_churn_probability_bucket{le="0.6"} 3',
        'tidewatch_score_freshness_seconds_count 3',
        'tidewatch_score_freshness_seconds_bucket{le="1"} 1',
        'tidewatch_score_freshness_seconds_sum 4',
      ]),
    );
  });

  it('count facts by their kind, also those that come again, and name nobody', async () => {
    const { bench, read } = openBench();
    const claim = aCommand({ actor: 'mei', taskId: null, verb: 'leave-alone' });
    const command = { offset: 1, key: claim.surrogate, value: alertsCodecs.commands.encode(claim), timestamp: 0 };
    const opened = caseEvent('case.opened', now / 3_600_000, {}, { surrogate: 'e'.repeat(32) });
    const event = { offset: 1, key: opened.surrogate, value: alertsCodecs.events.encode(opened), timestamp: 0 };
    await bench.deliver([aScore()]);
    await bench.deliverRecords([event], { topic: 'events' });
    await bench.deliverRecords([command], { topic: 'commands' });
    await bench.deliverRecords([command], { topic: 'commands' });
    const lines = await read();
    expect(lines).toContain('tidewatch_kpi_facts_total{kind="task"} 1');
    expect(lines).toContain('tidewatch_kpi_facts_total{kind="serviceCase"} 1');
    expect(lines).toContain('tidewatch_kpi_facts_total{kind="usage"} 2');
    expect(lines.join()).not.toContain('mei');
  });

  it('keep the last task counts while the index cannot be read', async () => {
    const metrics = createMetrics('alerts');
    const { index, deliver } = createAlertsBench();
    await deliver([aScore()]);
    let isAway = false;
    const away = new EngineError('ERR_STORE_UNAVAILABLE', 'Redis is away.', { retryable: true });
    const count = (tenants: readonly string[]) => (isAway ? Promise.reject(away) : index.count(tenants));
    addTaskGauge(metrics, { ...index, count }, ['demo']);
    await metrics.registry.metrics();
    isAway = true;
    expect(await metrics.registry.metrics()).toContain('tidewatch_tasks{status="open"} 1');
  });

  it('count unreadable scores, and log the first of each code without its bytes', async () => {
    const { bench, read, lines } = openBench();
    const bad = (offset: number) => ({ offset, key: null, value: Buffer.from('secret payload'), timestamp: 0 });
    await bench.deliverRecords([bad(1), bad(2)]);
    await bench.deliverRecords([bad(3)]);
    expect(await read()).toContain('tidewatch_scores_unreadable_total 3');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ERR_RECORD_DECODE');
    expect(lines[0]).not.toContain('secret payload');
  });
});
