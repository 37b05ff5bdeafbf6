import type { Expression } from './expression.ts';
import type { PeriodKind } from './period.ts';
import type { KpiDimension } from './kpi-dimension.ts';

export interface InTwoLanguages {
  readonly en: string;
  readonly zhCN: string;
}

/** `share` and `ratio` are 0 to 1 or more, `index` 0 to 100, `net-score` -100 to 100, money minor units, times milliseconds. */
export type KpiUnit =
  | 'share' | 'ratio' | 'index' | 'net-score' | 'money' | 'milliseconds' | 'days' | 'years' | 'count' | 'bytes'; // prettier-ignore

/** Handbook numbers of the KPI system (`N1` to `N26`). */
export type HandbookNumber = `N${number}`;

/** What every KPI says of itself, wherever its value comes from. */
export interface KpiDescription {
  /** Lower-case words joined by `_`. */
  readonly key: string;
  readonly handbook: HandbookNumber;
  /** Grows when the formula changes meaning; older values stay under the older version. */
  readonly version: number;
  readonly name: InTwoLanguages;
  /** What it says, with window, cohort and rules of attribution. */
  readonly definition: InTwoLanguages;
  readonly unit: KpiUnit;
  /** How it is to move: `up` better when higher, `down` better when lower, `none` neither. */
  readonly direction: 'up' | 'down' | 'none';
  /** Periods it can be asked for. */
  readonly periods: readonly PeriodKind[];
  /** The one it is reviewed by. */
  readonly period: PeriodKind;
  readonly cohort: InTwoLanguages | null;
  readonly caveats: readonly InTwoLanguages[];
}

/**
 * One KPI that is counted from facts; its recording rule is `tenant:tidewatch_kpi_<key>:value`. The entry is all there is:
 * its metrics, recording rule, promtool test, panel, line of the scorecard and paragraph of the reference page are made from
 * it. Weight, target and owner come from `kpis/default.yaml`, which a business may overlay; what is here cannot be changed
 * without a new `version`.
 */
export interface KpiDefinition extends KpiDescription {
  readonly formula: Expression;
  /** What it can be split by through the HTTP interface; never in Prometheus. */
  readonly dimensions: readonly KpiDimension[];
  /** Key of the KPI of the same window and cohort with which it makes 1. */
  readonly complement?: string;
}
