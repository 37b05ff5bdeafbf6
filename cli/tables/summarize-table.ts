import type { TableFigures } from '../../models/tables/table-figures.ts';
import type { TrainedTable } from '../../models/tables/train-table.ts';

/** What `train --table` prints when it is done. */
export function summarizeTable({ outOfFold, crossFitted }: TrainedTable, out: string | null): string {
  const lines = out === null ? [] : [`Model written to ${out}`];
  if (outOfFold !== null) {
    const { overall, aucs } = outOfFold;
    lines.push(
      `Out of fold: ${overall.rows} rows, each said by a model of the other ${aucs.length - 1} of ${aucs.length} folds`,
      ...list(overall),
      `  AUC by fold     ${aucs.map((auc) => auc.toFixed(4)).join(' ')}`,
    );
  } else if (crossFitted !== null) {
    lines.push('On inner folds, which the blend saw (a little flattering; --folds 5 measures honestly):');
    lines.push(...list(crossFitted));
  }
  return `${lines.join('\n')}\n`;
}

function list({ auc, brier, brierBaseRate, ece10, logLoss }: TableFigures): string[] {
  return [
    `  AUC             ${auc.toFixed(4)}`,
    `  Brier           ${brier.toFixed(4)}  (base rate ${brierBaseRate.toFixed(4)})`,
    `  ECE10           ${ece10.toFixed(4)}`,
    `  log loss        ${logLoss.toFixed(4)}`,
  ];
}
