import type { Comparison } from '../../models/backtest/compare-with-closed-form.ts';

const rows = [
  ['AUC', 'auc'],
  ['Brier', 'brier'],
  ['spend Gini', 'spendGini'],
  ['spend MAE', 'spendMae'],
] as const;

/** What `backtest --compare` prints: the figures of both, and their difference with its paired 95 % interval. */
export function describeComparison({ customers, silentShare, ours, closedForm, difference }: Comparison): string {
  const lines = rows.map(([name, key]) => {
    const { value, low, high } = difference[key];
    const figures = [ours[key], closedForm[key], value].map((figure) => figure.toFixed(4).padStart(12));
    return `  ${name.padEnd(11)}${figures.join('')}  [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  });
  return [
    `Measured on ${customers} customers with a purchase in the year before the cut; ${(100 * silentShare).toFixed(1)} % bought nothing after it.`,
    `  ${''.padEnd(11)}${['model', 'BG/NBD', 'difference'].map((name) => name.padStart(12)).join('')}  95 %, paired`,
    ...lines,
    '',
  ].join('\n');
}
