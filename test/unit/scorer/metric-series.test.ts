import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import type { ScorerContext } from '../../../services/scorer/scorer-context.ts';
import { createScorerMetrics } from '../../../services/scorer/scorer-metrics.ts';
import { aScore } from '../../support/score-builder.ts';

const customers = 100_000;
const chunkRecords = 500;
const seriesBudget = 120;

function chunkOf(first: number): ScorerContext {
  const scores = Array.from({ length: chunkRecords }, (_, i) => {
    const surrogate = (first + i).toString(16).padStart(32, '0');
    return aScore({ surrogate, scoreId: surrogate, eventId: surrogate, source: `source-${first + i}` });
  });
  const facts = new Map([['event', chunkRecords]]);
  return { scores, facts, degraded: [], counts: new Map([['applied', chunkRecords]]) } as unknown as ScorerContext;
}

describe('the metrics of a scorer', () => {
  it('have as many series after a hundred thousand customers as before the first', async () => {
    const metrics = createMetrics('scorer');
    const telemetry = createScorerMetrics(metrics, { now: () => 0, sleep: () => Promise.resolve() });
    const text = () => metrics.registry.metrics();
    const seriesIn = (all: string) => all.split('\n').filter((line) => line.startsWith('tidewatch_')).length;
    const before = seriesIn(await text());
    for (let first = 0; first < customers; first += chunkRecords) telemetry.chunkDone(chunkOf(first));
    const after = await text();
    expect(after).toContain(`tidewatch_scores_total{cause="event"} ${customers}`);
    expect(after).toContain(`tidewatch_kpi_facts_total{kind="event"} ${customers}`);
    expect(seriesIn(after)).toBe(before);
    expect(before).toBeLessThan(seriesBudget);
  });
});
