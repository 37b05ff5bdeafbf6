import type { EffectRow } from '../../services/core/uplift/effect-report.ts';
import { csvLine } from '../csv-line.ts';

const outcomes = ['churn', 'repurchase', 'margin'] as const;
const figures = ['treated', 'holdout', 'difference', 'low', 'high', 'alwaysLow', 'alwaysHigh'] as const;
const heads = [
  ...['playbook', 'segment', 'treated_opened', 'treated_measured', 'holdout_opened', 'holdout_measured', 'undrawn'],
  ...['holdout_observed', 'holdout_expected', 'sample_ratio_mismatch'],
  ...outcomes.flatMap((outcome) => figures.map((figure) => `${outcome}_${snake(figure)}`)),
  ...['incremental_margin_minor', 'incremental_margin_low', 'incremental_margin_high', 'cost_minor', 'roi', 'harms'],
];

/** Rows for machines: every figure as it is, empty where there is none. */
export function effectCsv(rows: readonly EffectRow[]): string {
  return [heads, ...rows.map(cellsOf)].map(csvLine).join('');
}

function cellsOf(row: EffectRow): string[] {
  const { treated, holdout, undrawn } = row.customers;
  const { sampleRatio, returnOnSpend: spend } = row;
  return [
    row.playbook,
    row.segment,
    ...[treated.opened, treated.measured, holdout.opened, holdout.measured, undrawn],
    ...[sampleRatio?.observed, sampleRatio?.expected, sampleRatio?.isMismatch],
    ...outcomes.flatMap((outcome) => figures.map((figure) => row[outcome]?.[figure])),
    ...[spend?.incrementalMargin, spend?.low, spend?.high, spend?.cost, spend?.ratio, row.harms],
  ].map((cell) => String(cell ?? ''));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
