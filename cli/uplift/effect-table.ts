import type { EffectRow } from '../../services/core/uplift/effect-report.ts';
import type { Effect } from '../../services/core/uplift/effect.ts';

const heads = [
  'playbook',
  'segment',
  'treated',
  'held out',
  'churn',
  '95 %',
  'at any look',
  'margin',
  'ROI',
  'verdict',
];

/** Rows for people: churn in percentage points, margin in whole minor units for all treated customers. */
export function effectTable(rows: readonly EffectRow[]): string {
  const lines = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  return lines
    .map(
      (cells) =>
        `${cells
          .map((cell, i) => cell.padEnd(widths[i]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function cellsOf(row: EffectRow): string[] {
  const { treated, holdout } = row.customers;
  const { churn, returnOnSpend: spend } = row;
  return [
    row.playbook ?? 'all',
    row.segment ?? '',
    `${treated.measured}/${treated.opened}`,
    `${holdout.measured}/${holdout.opened}`,
    churn === null ? '-' : points(churn.difference),
    churn === null ? '-' : interval(churn.low, churn.high),
    churn === null ? '-' : interval(churn.alwaysLow, churn.alwaysHigh),
    spend === null ? '-' : `${spend.incrementalMargin} [${spend.low}, ${spend.high}]`,
    spend?.ratio === null || spend === null ? '-' : spend.ratio.toFixed(2),
    verdictOf(row, churn),
  ];
}

function verdictOf({ harms, sampleRatio, customers }: EffectRow, churn: Effect | null): string {
  if (sampleRatio === null) return customers.undrawn > 0 ? 'nobody is held out' : 'no tasks yet';
  if (sampleRatio.isMismatch) return 'arms are not as drawn: trust nothing';
  if (harms) return 'harms: left alone';
  if (churn === null) return 'too few measured';
  if (churn.alwaysHigh < 0) return 'keeps customers';
  return churn.alwaysLow > 0 ? 'drives customers away' : 'open';
}

function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
}

function interval(low: number, high: number): string {
  return `[${points(low)}, ${points(high)}]`;
}
