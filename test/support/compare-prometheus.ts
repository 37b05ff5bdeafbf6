import { exposedPeriods } from '../../services/core/kpis/exposed-cells.ts';
import { type CellReader, evaluate } from '../../services/core/kpis/expression.ts';
import { kpiRegistry } from '../../services/core/kpis/kpi-registry.ts';
import type { KpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { kpiRuleName } from '../../services/core/kpis/metric-name.ts';
import { periodOf } from '../../services/core/kpis/period.ts';
import type { KpiHistory } from '../../services/core/kpis/recompute/kpi-history.ts';
import { recomputeCells } from '../../services/core/kpis/recompute/recompute-cells.ts';

/** By `<rule> <period> <which>`; what has no value is not there. */
export type KpiValues = ReadonlyMap<string, number>;

/** Every KPI that Prometheus sees, recomputed from the past, in its own unit. */
export function recomputeKpis(history: KpiHistory, rules: KpiRules, now: number): KpiValues {
  const values = new Map<string, number>();
  for (const kind of ['day', 'week', 'month', 'quarter'] as const) {
    const current = periodOf(kind, rules.dayOf(now));
    for (const [which, period] of [
      ['current', current],
      ['previous', { kind, index: current.index - 1 }],
    ] as const) {
      const { cells, opening } = recomputeCells(history, period, rules);
      const reader: CellReader = {
        cell: (name) => cells.get('')?.get(name) ?? 0,
        opening: (name) => opening.get('')?.get(name) ?? 0,
      };
      for (const definition of kpiRegistry) {
        if (!exposedPeriods(definition).includes(kind)) continue;
        const value = evaluate(definition.formula, reader);
        if (value === null) continue;
        values.set(`${kpiRuleName(definition.key)} ${kind} ${which}`, value);
      }
    }
  }
  return values;
}

interface Found {
  readonly data: {
    readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
  };
}

/** What a Prometheus has recorded of them. */
export async function readRecordedKpis(url: string): Promise<KpiValues> {
  const query = encodeURIComponent('{__name__=~"tenant:tidewatch_kpi_.+:value"}');
  const answer = await fetch(`${url}/api/v1/query?query=${query}`);
  const { data } = (await answer.json()) as Found;
  return new Map(
    data.result.map(({ metric, value }) => [
      `${metric['__name__']} ${metric['period']} ${metric['which']}`,
      Number(value[1]),
    ]),
  );
}

/** Times reach Prometheus as seconds, which are no whole numbers. */
const times = kpiRegistry.filter(({ unit }) => unit === 'milliseconds').map(({ key }) => kpiRuleName(key));

/** Where the two say different things: whole numbers exactly, all else to one part in 10^9. */
export function differingKpis(recorded: KpiValues, recomputed: KpiValues): readonly string[] {
  return [...new Set([...recorded.keys(), ...recomputed.keys()])].flatMap((name) => {
    const [one, other] = [recorded.get(name), recomputed.get(name)];
    if (one === undefined || other === undefined) return [`${name}: recorded ${one}, recomputed ${other}`];
    const most =
      Number.isInteger(other) && !times.some((time) => name.startsWith(`${time} `)) ? 0 : Math.abs(other) * 1e-9;
    return Math.abs(one - other) > most ? [`${name}: recorded ${one}, recomputed ${other}`] : [];
  });
}
