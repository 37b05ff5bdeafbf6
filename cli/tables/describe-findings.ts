import { leakAuc } from '../../models/tables/single-column-auc.ts';
import type { TableFindings } from '../../models/tables/train-table.ts';

/** What somebody should know of a table before trusting its model: one line per finding. */
export function describeFindings({ labelled, inputs, leftOut, leaks, duplicates }: TableFindings): string[] {
  const { labels, unlabelled } = labelled;
  const churned = labels.reduce((sum, label) => sum + label, 0);
  const lines = [`${labels.length} rows, ${churned} of them churned; ${inputs.length} input columns`];
  if (unlabelled > 0) lines.push(`Left out ${unlabelled} rows whose outcome is missing`);
  for (const [reason, why] of Object.entries(reasons)) {
    const names = leftOut.filter((column) => column.reason === reason).map(({ name }) => name);
    if (names.length > 0) lines.push(`Left out ${names.join(', ')}: ${why}`);
  }
  if (duplicates > 0) lines.push(`${duplicates} rows equal an earlier one in all inputs; they are kept in one fold`);
  for (const { name, auc } of leaks) {
    lines.push(
      `WARNING: ${name} alone gives an AUC of ${auc.toFixed(3)} (above ${leakAuc}); it was most likely written after the outcome. Leave it out with --exclude if so.`,
    );
  }
  return lines;
}

const reasons = {
  'id-like': 'looks like an id (hardly two rows share a value)',
  constant: 'has one value only',
  empty: 'has no value',
  excluded: 'as asked',
} as const;
