import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

const customers = 100_000;

async function linesOf(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  return (await metrics.registry.metrics()).split('\n').filter((line) => !line.startsWith('#') && line !== '');
}

const refusals = (lines: readonly string[], metric: string) =>
  lines.find((line) => line.startsWith(`tidewatch_metrics_refused_series_total{metric="${metric}"}`))?.split(' ')[1];

describe('a metric with labels', () => {
  it('never has more than a hundred label sets, counts what it refuses, and goes on with those it has', async () => {
    const metrics = createMetrics('scorer');
    const counter = metrics.counter('tidewatch_a_total', 'A.', ['customer']);
    const gauge = metrics.gauge('tidewatch_b', 'B.', ['customer']);
    const histogram = metrics.histogram('tidewatch_c_seconds', 'C.', [1, 2], ['customer']);
    const child = counter.labels({ customer: '5' });
    for (let i = 0; i < customers; i += 1) {
      const customer = String(i);
      counter.inc({ customer });
      gauge.set({ customer }, i);
      histogram.observe({ customer }, 1);
    }
    counter.inc({ customer: '7' }, 41);
    child.inc(2);
    const lines = await linesOf(metrics);
    const count = (prefix: string) => lines.filter((line) => line.startsWith(prefix)).length;
    expect([count('tidewatch_a_total'), count('tidewatch_b{'), count('tidewatch_c_seconds')]).toEqual([100, 100, 500]);
    expect(lines).toContain('tidewatch_a_total{customer="7"} 42');
    expect(lines).toContain('tidewatch_a_total{customer="5"} 3');
    for (const name of ['tidewatch_a_total', 'tidewatch_b', 'tidewatch_c_seconds']) {
      expect(refusals(lines, name)).toBe(String(customers - 100));
    }
  });

  it('has room again for what takes the place of what was removed, and after it was emptied', async () => {
    const metrics = createMetrics('scorer');
    const gauge = metrics.gauge('tidewatch_b', 'B.', ['name'], { maxSeries: 2 });
    for (const name of ['a', 'b', 'c']) gauge.set({ name }, 1);
    gauge.remove({ name: 'a' });
    gauge.set({ name: 'd' }, 1);
    let lines = await linesOf(metrics);
    expect(lines.filter((line) => line.startsWith('tidewatch_b{')).map((line) => line[18])).toEqual(['b', 'd']);
    gauge.reset();
    for (const name of ['x', 'y', 'z']) gauge.set({ name }, 1);
    lines = await linesOf(metrics);
    expect(lines.filter((line) => line.startsWith('tidewatch_b{')).map((line) => line[18])).toEqual(['x', 'y']);
    expect(refusals(lines, 'tidewatch_b')).toBe('2');
  });

  it('begins with no refusal, so that the first one is an increase', async () => {
    const metrics = createMetrics('scorer');
    metrics.counter('tidewatch_a_total', 'A.', ['result']);
    expect(refusals(await linesOf(metrics), 'tidewatch_a_total')).toBe('0');
  });
});
