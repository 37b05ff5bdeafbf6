import type { ErrorCode } from '../core/errors.ts';
import type { KpiFactKind } from '../core/kpis/kpi-fact.ts';
import type { Clock } from '../core/ports/clock.ts';
import { levels } from '../core/scoring/level.ts';
import type { Score } from '../core/scoring/score.ts';
import type { AppliedInput } from '../core/tasks/apply-input.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { InputKind } from './input-reader.ts';
import { birthdayFaults } from './steps/open-birthday.ts';
import type { AlertsTelemetry } from './telemetry.ts';

const scoreResults = ['applied', 'stale', 'degraded'] as const;
const results = ['applied', 'stale', 'refused'] as const;
const kinds = ['segments', 'event', 'command', 'time'] as const;
const suppressedWhy = ['historical', 'cooldown', 'leave-alone', 'open-complaint', 'refused', 'harms'] as const;
const changes = ['updated', 'ended', 'warned', 'breached', 'escalated'] as const;
const factKinds = ['task', 'serviceCase', 'usage'] as const satisfies readonly KpiFactKind[];
const probabilityBuckets = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const freshnessBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];
const latenessBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];

export interface AlertsMetricsOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Counts what inputs did to tasks; series that are known to exist begin at 0. */
export function createAlertsMetrics({ metrics, clock, logger }: AlertsMetricsOptions): AlertsTelemetry {
  const meters = createMeters(metrics);
  const loggedCodes = new Set<ErrorCode>();

  function countDecisions({ decisions }: AppliedInput): void {
    for (const decision of decisions) {
      if (decision.kind === 'suppressed') meters.suppressed.inc({ reason: decision.why });
      else if (decision.kind === 'opened') meters.opened.inc();
      else meters.changed.inc({ change: decision.kind });
    }
  }

  function countScore(score: Score, { result }: AppliedInput, now: number): void {
    meters.read.inc({ result });
    if (result !== 'applied') return;
    meters.byLevel.inc({ level: score.level });
    meters.probability.observe(score.churn.p90);
    if (!score.historical) meters.freshness.observe(Math.max(0, now - score.receivedAt) / 1000);
  }

  return {
    inputsTaken(taken) {
      const now = clock.now();
      for (const { input, applied } of taken) {
        if (input.kind === 'score') countScore(input.score, applied, now);
        else meters.inputs.inc({ kind: input.kind, result: applied.result });
        countDecisions(applied);
      }
    },
    recordsUnreadable(records, { kind, topic, partition }) {
      if (kind === 'score') meters.scoresUnreadable.inc(records.length);
      else meters.inputsUnreadable.inc({ kind }, records.length);
      for (const { raw, fault } of records) {
        const { code } = fault;
        if (loggedCodes.size === loggedCodes.add(code).size) continue;
        const message = `${whatBecame(kind)}; further ones of this code are only counted. ${fault.message}`;
        logger.error({ code, topic, partition, offset: raw.offset }, message);
      }
    },
    factsPublished: (kind, count) => meters.facts.inc({ kind }, count),
    birthdayPassedOver: (reason) => meters.birthdays.inc({ reason }),
    timersFired: (lateness) => lateness.forEach((each) => meters.lateness.observe(each / 1000)),
  };
}

function whatBecame(kind: InputKind): string {
  return kind === 'event' ? 'An event was passed over' : `A ${kind} record went to the dead letters`;
}

function createMeters(metrics: Metrics) {
  const read = metrics.counter('tidewatch_scores_read_total', 'Scores read, by what became of them.', ['result']);
  const suppressedHelp = 'Retention tasks that would have opened but did not, by the reason.';
  const suppressed = metrics.counter('tidewatch_tasks_suppressed_total', suppressedHelp, ['reason']);
  const byLevel = metrics.counter('tidewatch_risk_level_total', 'Scores applied, by risk level.', ['level']);
  for (const result of scoreResults) read.inc({ result }, 0);
  for (const level of levels) byLevel.inc({ level }, 0);
  for (const reason of suppressedWhy) suppressed.inc({ reason }, 0);
  return {
    read,
    suppressed,
    byLevel,
    ...createInputMeters(metrics),
    changed: createChangeMeter(metrics),
    facts: createFactMeter(metrics),
    opened: metrics.counter('tidewatch_tasks_opened_total', 'Retention tasks opened.'),
    scoresUnreadable: metrics.counter(
      'tidewatch_scores_unreadable_total',
      'Records of the scores topic that could not be read and went to the dead letters.',
    ),
    probability: metrics.histogram(
      'tidewatch_churn_probability',
      'Probability of no purchase within 90 days, of the scores applied.',
      probabilityBuckets,
    ),
    freshness: metrics.histogram(
      'tidewatch_score_freshness_seconds',
      'From receipt of a live event to the stored decision on its score.',
      freshnessBuckets,
    ),
  };
}

function createChangeMeter(metrics: Metrics) {
  const changed = metrics.counter('tidewatch_task_changes_total', 'What happened to retention tasks.', ['change']);
  for (const change of changes) changed.inc({ change }, 0);
  return changed;
}

function createFactMeter(metrics: Metrics) {
  const facts = metrics.counter('tidewatch_kpi_facts_total', 'Facts published for KPIs, copies included.', ['kind']);
  for (const kind of factKinds) facts.inc({ kind }, 0);
  return facts;
}

function createBirthdayMeter(metrics: Metrics) {
  const help = 'Sealed dates of birth that were passed over; sealed: could not be opened.';
  const birthdays = metrics.counter('tidewatch_birthdays_passed_over_total', help, ['reason']);
  for (const reason of birthdayFaults) birthdays.inc({ reason }, 0);
  return birthdays;
}

function createInputMeters(metrics: Metrics) {
  const help =
    'Inputs of tasks besides scores, by what became of them; time: a customer with whom something may be due.';
  const inputs = metrics.counter('tidewatch_task_inputs_total', help, ['kind', 'result']);
  const unreadableHelp = 'Records of the other topics that alerts reads and could not, by kind.';
  const inputsUnreadable = metrics.counter('tidewatch_task_inputs_unreadable_total', unreadableHelp, ['kind']);
  for (const kind of kinds) {
    for (const result of results) inputs.inc({ kind, result }, 0);
    if (kind !== 'time') inputsUnreadable.inc({ kind }, 0);
  }
  const latenessHelp = 'From when something was due with a customer to when it was taken up.';
  return {
    inputs,
    inputsUnreadable,
    birthdays: createBirthdayMeter(metrics),
    lateness: metrics.histogram('tidewatch_due_lateness_seconds', latenessHelp, latenessBuckets),
  };
}
