import { binTable } from './bin-table.ts';
import { applyBlend, fitBlend } from './blend.ts';
import { encodeInputs } from './encode-inputs.ts';
import { fitColumns, type InputColumn } from './fit-columns.ts';
import { crossFit, type CrossFit } from './fit-member.ts';
import { dealFolds } from './fold-rows.ts';
import { memberNames } from './members.ts';
import type { FittedMember, TableModel } from './table-model.ts';
import type { Table } from './table.ts';

/** Inner folds: each member is fitted so often. */
export const innerFolds = 5;

export interface FitTableRequest {
  readonly inputs: readonly InputColumn[];
  /** 1 or 0 per row. */
  readonly labels: Uint8Array;
  /** Rows of equal key are never parted. */
  readonly keys: readonly string[];
  readonly seed: number;
  readonly fitDone: () => void;
}

export interface FittedTable {
  readonly model: TableModel;
  /** Probability of each row, its members fitted without it (the blend of them saw it). */
  readonly crossFitted: Float64Array;
}

/** Fits the members on inner folds and blends them; TensorFlow.js must have a backend. */
export async function fitTable(table: Table, request: FitTableRequest): Promise<FittedTable> {
  const { labels, seed } = request;
  const columns = fitColumns(table, request.inputs);
  const binned = binTable(table, columns);
  const set = {
    rows: binned.rows,
    columns,
    bins: binned.bins,
    inputs: encodeInputs(binned, columns),
    labels,
    folds: dealFolds(request.keys, labels, innerFolds),
    foldCount: innerFolds,
  };
  const fits: CrossFit[] = [];
  for (const [i, name] of memberNames.entries()) {
    fits.push(await crossFit(name, set, seed * memberNames.length + i, request.fitDone));
  }
  const logits = fits.map((fit) => fit.logits);
  const blend = fitBlend(logits, labels);
  const fitted = Object.fromEntries(memberNames.map((name, i) => [name, fits[i].member]));
  return {
    model: { columns, blend, members: fitted as Record<(typeof memberNames)[number], FittedMember> },
    crossFitted: applyBlend(blend, logits),
  };
}
