import { describe, expect, it } from 'vitest';
import { parseMetrics } from '../../../scripts/start/service-metrics.ts';
import { installMonitoring } from '../../../scripts/monitoring/install-monitoring.ts';
import { runProgram } from '../../../scripts/monitoring/run-program.ts';
import { invariantCounters } from '../../../services/platform/telemetry/invariant-counters.ts';
import { askEveryPath } from '../../support/ask-every-path.ts';
import { eventually } from '../../support/eventually.ts';
import { allServices, serviceNames } from '../../support/metric-pages.ts';

const mostSeries = 1_000;
const services = allServices({ customers: 500, events: 2_000 });

/** Alerts shows KPIs from their first reading on. */
const gaugesAreRead = (): Promise<void> =>
  eventually(async () => {
    const samples = parseMetrics(await services.page('alerts'));
    const read = samples.find(({ name }) => name === 'tidewatch_kpi_gauges_read_timestamp_seconds');
    expect(read?.value).toBeGreaterThan(0);
  });

/** So that the series of every route exist. */
const askEverything = (name: (typeof serviceNames)[number]): Promise<void> =>
  askEveryPath(services.urlOf(name), services.tokenOf(name));

describe.each(serviceNames)('the metrics of %s', (name) => {
  it('are clean to the linter of Prometheus', async () => {
    const { promtool } = await installMonitoring({ log: () => undefined });
    await askEverything(name);
    const { code, output } = await runProgram(promtool, ['check', 'metrics'], { input: await services.page(name) });
    expect([code, output]).toEqual([0, '']);
  });

  it('show every counter that must stay at 0, at 0', async () => {
    const samples = parseMetrics(await services.page(name));
    for (const { name: counter, services: owners } of invariantCounters) {
      const own = samples.filter((sample) => sample.name === counter).map(({ value }) => value);
      expect([counter, ...own]).toEqual(owners.includes(name) ? [counter, 0] : [counter]);
    }
    const refused = samples.filter((sample) => sample.name === 'tidewatch_metrics_refused_series_total');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ value }) => value === 0)).toBe(true);
  });

  it('are at most a thousand series after every route was asked, and none names a customer', async () => {
    await askEverything(name);
    if (name === 'alerts') await gaugesAreRead();
    const page = await services.page(name);
    expect(parseMetrics(page).length).toBeLessThanOrEqual(mostSeries);
    expect(page).not.toMatch(/[0-9a-f]{32}/u);
  });

  it('say how requests, Redis and the process fare, and what runs here', async () => {
    await askEverything(name);
    const names = new Set(parseMetrics(await services.page(name)).map((sample) => sample.name));
    for (const expected of [
      'tidewatch_build_info',
      'tidewatch_http_requests_total',
      'tidewatch_http_request_duration_seconds_bucket',
      'tidewatch_redis_connected',
      'tidewatch_redis_unanswered_commands',
      'tidewatch_kafka_unacknowledged_records',
      'tidewatch_kafka_publish_duration_seconds_bucket',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
      'process_cpu_seconds_total',
    ]) {
      expect(names).toContain(expected);
    }
  });
});

it('tells rate, errors and time of the stages of the scorer, and the way from event to score by channel', async () => {
  const samples = parseMetrics(await services.page('scorer'));
  const stages = samples.filter(({ name }) => name === 'tidewatch_pipeline_stage_seconds_total');
  expect(stages.map(({ labels }) => labels['stage'])).toEqual(expect.arrayContaining(['load', 'predict', 'produce']));
  const chunks = samples.find(({ name }) => name === 'tidewatch_pipeline_chunk_duration_seconds_count');
  expect(chunks?.value).toBeGreaterThan(0);
  const records = samples.find(({ name }) => name === 'tidewatch_pipeline_records_total');
  expect(records?.value).toBeGreaterThanOrEqual(2_000);
});
