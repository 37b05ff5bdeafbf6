import { VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { InTwoLanguages } from '../../services/core/kpis/kpi-definition.ts';

export interface PanelPlan {
  readonly title: InTwoLanguages;
  /** What it shows, and what to look for. */
  readonly about: InTwoLanguages;
  /** Of Grafana: `short`, `s`, `percentunit`, `ops`, `bytes` … */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** One figure instead of a line; the latest. */
  readonly isStat?: boolean;
  /** Of 24 columns. */
  readonly width?: number;
}

export interface Query {
  readonly expr: string;
  /** As `{{result}}`. */
  readonly legend: string;
}

export type Panel = StatBuilder | TimeseriesBuilder;

export const datasource = { type: 'prometheus', uid: '$datasource' } as const;

export function query(expr: string, legend: string): Query {
  return { expr, legend };
}

/** A selector of series of the services that the dashboard is set to. */
export function series(name: string, matchers = ''): string {
  return `${name}{job=~"$job",instance=~"$instance"${matchers === '' ? '' : `,${matchers}`}}`;
}

export function rate(name: string, matchers = ''): string {
  return `rate(${series(name, matchers)}[$__rate_interval])`;
}

/** Sum of the rates of a counter by some labels. */
export function rateBy(by: string, name: string, matchers = ''): string {
  return `sum by (${by}) (${rate(name, matchers)})`;
}

/** A quantile of a histogram over the services chosen. */
export function quantile(share: number, by: string, name: string, matchers = ''): string {
  return `histogram_quantile(${share}, sum by (${by}, le) (${rate(`${name}_bucket`, matchers)}))`;
}

/** Both languages on one board: titles beside each other, descriptions one below the other. */
export function panel({ title, about, unit, queries, isStat = false, width = 8 }: PanelPlan): Panel {
  const targets = queries.map(({ expr, legend }, index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .expr(expr)
      .legendFormat(legend)
      .datasource(datasource)
      .range(),
  );
  const lines = new TimeseriesBuilder().legend(new VizLegendOptionsBuilder().showLegend(true));
  return (isStat ? new StatBuilder() : lines)
    .title(`${title.en} · ${title.zhCN}`)
    .description(`${about.en}\n\n${about.zhCN}`)
    .datasource(datasource)
    .unit(unit)
    .span(width)
    .height(isStat ? 5 : 8)
    .targets(targets);
}
