import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { binTable, type BinnedTable } from './bin-table.ts';
import { applyBlend } from './blend.ts';
import { predictTrees } from './boosting/predict-trees.ts';
import { encodeInputs } from './encode-inputs.ts';
import { memberNames } from './members.ts';
import type { FittedMember, TableModel } from './table-model.ts';
import type { Table } from './table.ts';

export interface TablePrediction {
  /** Per row. */
  readonly probabilities: Float64Array;
  /** See `BinnedTable.strange`. */
  readonly strange: BinnedTable['strange'];
}

/** Probabilities of the rows of a table that has all columns of the model; TensorFlow.js must have a backend. */
export function predictTable(model: TableModel, table: Table): TablePrediction {
  const binned = binTable(table, model.columns);
  const inputs = encodeInputs(binned, model.columns);
  const logits = memberNames.map((name) => memberLogits(model.members[name], binned, inputs, model));
  return { probabilities: applyBlend(model.blend, logits), strange: binned.strange };
}

function memberLogits(
  member: FittedMember,
  { rows, bins }: BinnedTable,
  inputs: Float32Array,
  { columns }: TableModel,
): Float64Array {
  if (member.kind === 'net') return Float64Array.from(predictNetworks(member.nets, rows, inputs));
  const sums = new Float64Array(rows);
  for (const forest of member.forests) {
    predictTrees(forest, rows, bins, columns).forEach((logit, row) => (sums[row] += logit));
  }
  return sums.map((sum) => sum / member.forests.length);
}
