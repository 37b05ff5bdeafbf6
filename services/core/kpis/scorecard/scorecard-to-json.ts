import { periodName } from '../period.ts';
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
    target: target === null ? null : { ...target.green, amber: { ...target.amber } },
    previous: trendToJson(previous),
    yearBefore: trendToJson(yearBefore),
  };
}

function trendToJson(trend: Trend | null) {
  return trend === null ? null : { ...trend };
}
