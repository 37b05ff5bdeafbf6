import { periodName } from '../period.ts';
import type { KpiTarget } from './kpi-target.ts';
import type { Scorecard, ScorecardLine, Trend } from './scorecard.ts';

/** A scorecard as `GET /v1/kpis` and `tidewatch kpi scorecard --format json` show it (`scorecardJsonSchema`). */
export function scorecardToJson({ tenant, currency, period, slice, composite, lines }: Scorecard) {
  return {
    tenant,
    currency,
    period: periodName(period),
    periodKind: period.kind,
    slice: slice === null ? null : { dimension: slice.dimension, value: slice.value },
    composite: { ...composite },
    kpis: lines.map(lineToJson),
  };
}

function lineToJson(line: ScorecardLine) {
  const { name, target, previous, yearBefore, owners, ...figures } = line;
  return {
    ...figures,
    name: { en: name.en, 'zh-CN': name.zhCN },
    owners: [...owners],
    target: target === null ? null : targetToJson(target),
    previous: trendToJson(previous),
    yearBefore: trendToJson(yearBefore),
  };
}

/** Both bounds, null where there is none. */
function targetToJson(target: KpiTarget) {
  if (target.kind === 'within') return { low: target.low, high: target.high };
  return target.kind === 'at-least' ? { low: target.value, high: null } : { low: null, high: target.value };
}

function trendToJson(trend: Trend | null) {
  return trend === null ? null : { ...trend };
}
