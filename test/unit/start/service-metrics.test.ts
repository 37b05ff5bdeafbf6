import { describe, expect, it } from 'vitest';
import { ingestAnswers, parseMetrics, sumOf } from '../../../scripts/start/service-metrics.ts';

const page = `# HELP tidewatch_events_total Events.
# TYPE tidewatch_events_total counter
tidewatch_events_total{result="accepted"} 120
tidewatch_events_total{result="duplicate"} 3
tidewatch_scores_total{cause="event",quoted="a\\"b"} 40
tidewatch_scores_total{cause="late"} 2
process_cpu_seconds_total 1.5e+2
`;

describe('metrics pages', () => {
  it('are read with labels and values', () => {
    const samples = parseMetrics(page);
    expect(samples).toHaveLength(5);
    expect(sumOf(samples, 'tidewatch_scores_total')).toBe(42);
    expect(sumOf(samples, 'tidewatch_scores_total', { cause: 'late' })).toBe(2);
    expect(sumOf(samples, 'process_cpu_seconds_total')).toBe(150);
    expect(sumOf(samples, 'no_such_metric')).toBe(0);
  });

  it('give the answers of ingest', () => {
    expect(ingestAnswers(parseMetrics(page))).toMatchObject({ sent: 123, accepted: 120, duplicate: 3, rejected: 0 });
  });
});
