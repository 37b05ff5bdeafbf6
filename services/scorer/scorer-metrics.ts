import type { Clock } from '../core/ports/clock.ts';
import { levels, type Level } from '../core/scoring/level.ts';
import type { ScoreCause } from '../core/scoring/score.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { ScorerContext } from './scorer-context.ts';
import type { ScorerTelemetry } from './telemetry.ts';

const causes = ['event', 'day', 'late', 'link', 'activation'] as const;
const results = [
  'applied', 'already-applied', 'duplicate', 'not-read', 'too-late', 'unmatched', 'withheld', 'dead-letter', 'degraded',
] as const; // prettier-ignore
const factKinds = ['event', 'standing'] as const;
const freshnessBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

/** Counts what each chunk came to; series that are known to exist begin at 0. */
export function createScorerMetrics(metrics: Metrics, clock: Clock): ScorerTelemetry {
  const scores = metrics.counter('tidewatch_scores_total', 'Scores published, by what caused them.', ['cause']);
  const records = metrics.counter('tidewatch_records_total', 'Records of the events topic, by what became of them.', [
    'result',
  ]);
  const byLevel = metrics.counter('tidewatch_scores_by_level_total', 'Scores published, by risk level.', ['level']);
  const regressions = metrics.counter(
    'tidewatch_state_regressions_total',
    'Times the store held an older state than was written, so that a partition was read again.',
  );
  const freshness = metrics.histogram(
    'tidewatch_score_freshness_seconds',
    'From receipt of a live event to its acknowledged score.',
    freshnessBuckets,
  );
  const degraded = metrics.counter('tidewatch_scores_degraded_total', 'Scores marked degraded.');
  const countFacts = createFactCounter(metrics);
  const segmentChanges = metrics.counter('tidewatch_segment_changes_total', 'Changes of tier or stage published.');
  for (const cause of causes) scores.inc({ cause }, 0);
  for (const result of results) records.inc({ result }, 0);
  for (const level of levels) byLevel.inc({ level }, 0);

  return {
    chunkDone(context) {
      const now = clock.now();
      for (const [result, count] of context.counts) records.inc({ result }, count);
      countFacts(context);
      degraded.inc(context.degraded.length);
      segmentChanges.inc(context.segmentChanges);
      const [byCause, byRisk] = [new Map<ScoreCause, number>(), new Map<Level, number>()];
      for (const { cause, level, historical, receivedAt } of context.scores) {
        byCause.set(cause, (byCause.get(cause) ?? 0) + 1);
        byRisk.set(level, (byRisk.get(level) ?? 0) + 1);
        if (!historical && cause !== 'day') freshness.observe(Math.max(0, now - receivedAt) / 1000);
      }
      for (const [cause, count] of byCause) scores.inc({ cause }, count);
      for (const [level, count] of byRisk) byLevel.inc({ level }, count);
    },
    stateRegressed: () => regressions.inc(),
  };
}

/** @returns counts the facts of a chunk */
function createFactCounter(metrics: Metrics): (context: Pick<ScorerContext, 'facts'>) => void {
  const facts = metrics.counter('tidewatch_kpi_facts_total', 'Facts for KPIs published, by kind.', ['kind']);
  for (const kind of factKinds) facts.inc({ kind }, 0);
  return (context) => {
    for (const [kind, count] of context.facts) facts.inc({ kind }, count);
  };
}
