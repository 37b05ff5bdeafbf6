import { stringify } from 'yaml';
import { invariantCounters } from '../../services/platform/telemetry/invariant-counters.ts';
import { type BurnAlert, burnAlerts } from './burn-alerts.ts';
import { type AlertRule, budgetOf, burnAlertsOf, invariantAlert, refusedSeriesAlert } from './render-slo-rules.ts';
import type { Slo } from './slo.ts';
import { slos } from './slos.ts';

const head = '# Made by `npm run docs:generate` from observability/slo; do not edit.\n';
const perStep = 100_000;
const minutesIn = { '5m': 5, '30m': 30, '1h': 60, '6h': 360, '3d': 4_320 } as const;

/** Steps that the shorter window holds a few of: the tests take long otherwise. */
const stepMinutesOf: Readonly<Record<string, number>> = { '1h': 1, '6h': 5, '3d': 60 };

/** Firing and silent cases of the alerts with one long window. */
export function renderSloTests(long: BurnAlert['long']): string {
  const stepMinutes = stepMinutesOf[long];
  const tests = slos.flatMap((slo) =>
    burnAlerts.flatMap((burn, i) =>
      burn.long === long ? casesOf(slo, { burn, rule: burnAlertsOf(slo)[i], stepMinutes }) : [],
    ),
  );
  const document = { rule_files: ['../rules/slos.yml'], evaluation_interval: `${stepMinutes}m`, tests };
  return head + stringify(document, { lineWidth: 0 });
}

interface BurnCase {
  readonly burn: BurnAlert;
  readonly rule: AlertRule;
  readonly stepMinutes: number;
}

function casesOf(slo: Slo, { burn, rule, stepMinutes }: BurnCase) {
  const long = minutesIn[burn.long as keyof typeof minutesIn];
  const short = minutesIn[burn.short as keyof typeof minutesIn];
  const badPerStep = Math.round(perStep * budgetOf(slo.objective) * burn.factor);
  const steps = long / stepMinutes + 2;
  const quiet = Math.ceil(short / stepMinutes) + 2;
  const at = `${steps * stepMinutes}m`;
  const firing = series(slo, [[badPerStep * 1.2, steps]]);
  const slow = series(slo, [[badPerStep * 0.8, steps]]);
  // What was bad enough for the long window is over: nobody is to be woken for it.
  const over = series(slo, [
    [Math.min(perStep, badPerStep * 2), steps - quiet],
    [0, quiet],
  ]);
  return [
    aTest(`${rule.alert} fires`, { stepMinutes, input: firing, at, rule, labels: {} }),
    aTest(`${rule.alert} is silent below its rate`, { stepMinutes, input: slow, at, rule, labels: null }),
    aTest(`${rule.alert} is silent once it is over`, { stepMinutes, input: over, at, rule, labels: null }),
  ];
}

/** Counters of what was asked and what went badly or well, in pieces of so much bad per step for so many steps. */
function series({ total, counted }: Slo, pieces: readonly (readonly [badPerStep: number, steps: number])[]) {
  const all = pieces.map(([, steps]) => [perStep, steps] as const);
  const good = pieces.map(([bad, steps]) => [perStep - bad, steps] as const);
  const one = 'bad' in counted ? { selector: counted.bad[0], pieces } : { selector: counted.good[0], pieces: good };
  const isOfTotal = one.selector.split('{')[0] === total.split('{')[0];
  return [
    { series: exact(total, isOfTotal ? 'sent' : null), values: counter(isOfTotal ? subtract(all, pieces) : all) },
    { series: exact(one.selector, null), values: counter(one.pieces) },
  ];
}

/** Where bad ones are a part of the counter of all, the series of the others makes up the rest. */
function subtract(
  all: readonly (readonly [number, number])[],
  bad: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  return all.map(([each, steps], i) => [each - bad[i][0], steps] as const);
}

/** A series that a selector finds: its patterns are replaced by the first word that they match. */
function exact(selector: string, result: string | null): string {
  return selector.replace(/=~"([^"]*)"/gu, (_found, pattern: string) => {
    const word = pattern.split('|')[0].replace('.*', '');
    return `="${result !== null && pattern.includes(result) ? result : word}"`;
  });
}

function counter(pieces: readonly (readonly [perStep: number, steps: number])[]): string {
  let from = 0;
  const parts = pieces.map(([each, steps], i) => {
    const part = `${from}+${Math.round(each)}x${i === 0 ? steps : steps - 1}`;
    from += Math.round(each) * steps;
    if (i === 0) from += Math.round(pieces[1]?.[0] ?? 0);
    return part;
  });
  return parts.join(' ');
}

interface OneTest {
  readonly stepMinutes: number;
  readonly input: readonly { readonly series: string; readonly values: string }[];
  readonly at: string;
  readonly rule: AlertRule;
  /** Labels besides those of the rule; null where it must be silent. */
  readonly labels: Readonly<Record<string, string>> | null;
}

function aTest(name: string, { stepMinutes, input, at, rule, labels }: OneTest) {
  const expected =
    labels === null ? [] : [{ exp_labels: { ...rule.labels, ...labels }, exp_annotations: rule.annotations }];
  return {
    name,
    interval: `${stepMinutes}m`,
    input_series: input,
    alert_rule_test: [{ eval_time: at, alertname: rule.alert, exp_alerts: expected }],
  };
}

/** Firing and silent cases of the counters that must stay at 0. */
export function renderInvariantTests(): string {
  const counters = invariantCounters.map((each) => {
    const labels = { job: each.services[0] };
    return { rule: invariantAlert(each), series: `${each.name}{job="${each.services[0]}"}`, labels };
  });
  const refused = {
    rule: refusedSeriesAlert,
    series: 'tidewatch_metrics_refused_series_total{job="scorer",metric="tidewatch_scores_total"}',
    labels: { job: 'scorer', metric: 'tidewatch_scores_total' },
  };
  const tests = [...counters, refused].flatMap(({ rule, series: of, labels }) => [
    aTest(`${rule.alert} fires`, {
      stepMinutes: 1,
      input: [{ series: of, values: '0x10 1x10' }],
      at: '12m',
      rule,
      labels,
    }),
    aTest(`${rule.alert} is silent`, {
      ...{ stepMinutes: 1, rule, labels: null, at: '12m' },
      input: [{ series: of, values: '0x20' }],
    }),
  ]);
  return (
    head + stringify({ rule_files: ['../rules/invariants.yml'], evaluation_interval: '1m', tests }, { lineWidth: 0 })
  );
}
