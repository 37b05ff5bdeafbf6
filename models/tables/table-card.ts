import { innerFolds } from './fit-table.ts';
import { memberNames } from './members.ts';
import { leakAuc } from './single-column-auc.ts';
import type { TableFigures } from './table-figures.ts';
import type { TableManifest } from './table-manifest.ts';
import type { TableFindings } from './train-table.ts';

/** The card (README.md) of a table model: what it is, what it was made of, how good it is, what it is not for. */
export function describeTableModel(manifest: TableManifest, findings: TableFindings, command: string): string {
  return [
    introduction(manifest),
    data(manifest, findings),
    figures(manifest),
    limits(manifest),
    `## Made by\n\n\`\`\`sh\n${command}\n\`\`\`\n`,
  ].join('\n');
}

function introduction({ target, positive, columns, blend }: TableManifest): string {
  const weights = memberNames.map((name, i) => `${name} ${blend.weights[i].toFixed(2)}`).join(', ');
  return `# Model of ${target}

Says for one row of a table how likely \`${target}\` is \`${positive}\`.

- Inputs: ${columns.map(({ name }) => name).join(', ')}.
- Members: two boosted forests on histograms and two TensorFlow.js nets (one without hidden layers) on piecewise linear
  and one-hot inputs, each fitted ${innerFolds} times on ${innerFolds - 1} of ${innerFolds} inner folds; their logits are averaged.
- Blend, which is the calibration too: logistic regression on logits of rows the members did not see; weights ${weights}.
`;
}

function data({ trainedOn, leftOut, leaks }: TableManifest, { single }: TableFindings): string {
  const { source, rows, churned, unlabelled, duplicates } = trainedOn;
  const out = leftOut.map(({ name, reason }) => `\`${name}\` (${reason})`).join(', ');
  const strongest = single.slice(0, 3).map(({ name, auc }) => `\`${name}\` ${auc.toFixed(3)}`);
  const leak = leaks.map(({ name }) => `\`${name}\``).join(', ');
  return `## Data

\`${source}\`: ${rows} rows, ${churned} of them churned; ${unlabelled} more had no outcome. ${duplicates} rows equal an earlier one in all
inputs; equal rows never stand in two inner folds. Columns left out: ${out || 'none'}.
Strongest columns by themselves (AUC): ${strongest.join(', ')}. ${leak === '' ? `None is above ${leakAuc}.` : `**Above ${leakAuc}, so most likely written after the outcome: ${leak}.**`}
`;
}

function figures({ metrics }: TableManifest): string {
  const row = (name: string, { auc, brier, logLoss, ece10, brierBaseRate }: TableFigures): string =>
    `| ${name} | ${[auc, brier, brierBaseRate, logLoss, ece10].map((value) => value.toFixed(4)).join(' | ')} |`;
  const { outOfFold, foldAucs, crossFitted } = metrics;
  return `## Measured

| on | AUC | Brier | Brier of the base rate | log loss | ECE10 |
| --- | --- | --- | --- | --- | --- |
${outOfFold === null ? '' : `${row(`${foldAucs.length} outer folds, all of the model fitted without them`, outOfFold)}\n`}${row('inner folds, the blend fitted on them', crossFitted)}

${outOfFold === null ? 'No outer folds were asked for (`--folds`); the inner ones flatter a little, as the blend and the number of trees saw them.' : `AUC by outer fold: ${foldAucs.map((auc) => auc.toFixed(4)).join(', ')}.`}
`;
}

function limits({ target, columns }: TableManifest): string {
  const categories = columns.filter(({ kind }) => kind === 'category').length;
  return `## Limits

- A table is one look at each customer: the model cannot know whether a column was filled in after the outcome.
- Figures hold for customers drawn as those of the table; when prices, offers or the make-up of customers change, train again.
- A value of one of the ${categories} categorical columns that was not met counts as "other"; a text in a numeric column as missing.
- \`${target}\` need not be what the streaming model calls churn; the two are not to be compared.
`;
}
