import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

describe('createMetrics', () => {
  it('serves counters, gauges, histograms and the metrics of the process', async () => {
    const metrics = createMetrics('scorer');
    metrics.counter('tidewatch_scores_total', 'Scores.', ['cause']).inc({ cause: 'event' }, 2);
    metrics.gauge('tidewatch_partition_lag', 'Lag.', ['partition']).set({ partition: '1' }, 7);
    metrics.histogram('tidewatch_batch_seconds', 'Batch.', [0.1, 1]).observe(0.5);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tidewatch_scores_total{cause="event"} 2');
    expect(text).toContain('tidewatch_partition_lag{partition="1"} 7');
    expect(text).toContain('tidewatch_batch_seconds_bucket{le="1"} 1');
    expect(text).toContain('tidewatch_service_info{service="scorer"} 1');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('gives the same metric to all who ask for one name', () => {
    const metrics = createMetrics('scorer');
    const first = metrics.counter('tidewatch_events_total', 'Events.', ['result']);
    expect(metrics.counter('tidewatch_events_total', 'Events.', ['result'])).toBe(first);
  });

  it('keeps two services in one process apart', async () => {
    const [ingest, alerts] = [createMetrics('ingest'), createMetrics('alerts')];
    ingest.counter('tidewatch_events_total', 'Events.').inc();
    expect(await alerts.registry.metrics()).not.toContain('tidewatch_events_total');
  });

  it.each(['events_total', 'tidewatch_Events', 'tidewatch_', 'tidewatch__x'])('refuses the name %s', (name) => {
    expect(() => createMetrics('scorer').counter(name, 'x')).toThrow(RangeError);
  });
});
