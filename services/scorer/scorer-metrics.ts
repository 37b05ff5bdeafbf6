import type { Clock } from '../core/ports/clock.ts';
import { channels } from '../core/events/channels.ts';
import { levels, type Level } from '../core/scoring/level.ts';
import type { Score, ScoreCause } from '../core/scoring/score.ts';
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
  const recordsHelp = 'Records of the events topic, by what became of them.';
  const records = metrics.counter('tidewatch_records_total', recordsHelp, ['result']);
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
  const segmentChanges = metrics.counter('tidewatch_segment_changes_total', 'Changes of tier or stage published.');
  const observers = [createWayMeter(metrics), createInvariantCheck(metrics), createFactCounter(metrics)];
  for (const cause of causes) scores.inc({ cause }, 0);
  for (const result of results) records.inc({ result }, 0);
  for (const level of levels) byLevel.inc({ level }, 0);

  return {
    chunkDone(context) {
      const now = clock.now();
      for (const observe of observers) observe(context, now);
      for (const [result, count] of context.counts) records.inc({ result }, count);
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
const wayBuckets = [0.1, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];

/** From what customers did to their scores, by channel: how late each channel brings its events is part of it. */
function createWayMeter(metrics: Metrics): (context: ScorerContext, now: number) => void {
  const name = 'tidewatch_event_to_score_seconds';
  const way = metrics.histogram(name, 'From a live event to its acknowledged score.', wayBuckets, ['channel']);
  const byChannel = new Map<string, { observe(seconds: number): void }>();
  for (const channel of channels) byChannel.set(channel, way.labels({ channel }));
  return ({ rows }, now) => {
    for (const { record, cause } of rows) {
      if (cause === 'day' || record.historical) continue;
      byChannel.get(record.channel)?.observe(Math.max(0, now - record.occurredAt) / 1000);
    }
  };
}

function createInvariantCheck(metrics: Metrics): (context: ScorerContext) => void {
  const untrustworthy = metrics.counter('tidewatch_scores_untrustworthy_total', 'Untrustworthy scores.');
  const unbalanced = metrics.counter('tidewatch_scores_unbalanced_total', 'Unbalanced chunks.');
  const isScored = ({ cause }: { readonly cause: ScoreCause }): boolean => cause !== 'day';
  return ({ rows, scores }) => {
    if (rows.filter(isScored).length !== scores.filter(isScored).length) unbalanced.inc();
    for (const score of scores) if (!score.degraded && !isTrustworthy(score)) untrustworthy.inc();
  };
}

function isTrustworthy({ churn: { p30, p60, p90 } }: Score): boolean {
  return p30 >= 0 && p30 <= 1 && p60 >= 0 && p60 <= 1 && p90 >= 0 && p90 <= 1;
}
