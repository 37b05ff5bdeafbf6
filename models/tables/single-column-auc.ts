import { areaUnderCurve } from '../training/measures/area-under-curve.ts';
import { binTable } from './bin-table.ts';
import { binCount } from './column-spec.ts';
import { fitColumns, type InputColumn } from './fit-columns.ts';
import type { Table } from './table.ts';

export interface SingleColumn {
  readonly name: string;
  /** AUC of the column by itself, whichever way it points. */
  readonly auc: number;
}

/** A column that alone reaches more than this most likely was written after the outcome. */
export const leakAuc = 0.95;

const maxBins = 20;
/** Rows of the base rate that each bin's rate is mixed with. */
const priorRows = 5;

/**
 * How much each column tells by itself, strongest first: AUC of the churn rate of a row's bin (missing is a bin) over
 * the rows of the other folds, so that a column of many rare values does not shine by heart; for a number also the AUC
 * of its own order, which is the sharper one where churn only rises or only falls with it.
 */
export function singleColumnAucs(
  table: Table,
  inputs: readonly InputColumn[],
  labels: Uint8Array,
  folds: Uint8Array,
): SingleColumn[] {
  const columns = fitColumns(table, inputs);
  const { bins } = binTable(table, columns);
  const outcomes = Array.from(labels, Boolean);
  return columns
    .map((column, c) => {
      const count = binCount(column);
      const shrink = column.kind === 'number' && count > maxBins ? maxBins / count : 1;
      const coarse = bins[c].map((bin) => (bin === 0 ? 0 : 1 + Math.floor((bin - 1) * shrink)));
      const byRate = areaUnderCurve(outOfFoldRates(coarse, labels, folds), outcomes);
      const byOrder = column.kind === 'number' ? areaUnderCurve(Array.from(bins[c]), outcomes) : 0.5;
      return { name: column.name, auc: Math.max(byRate, byOrder, 1 - byOrder) };
    })
    .sort((a, b) => b.auc - a.auc);
}

function outOfFoldRates(bins: Uint8Array, labels: Uint8Array, folds: Uint8Array): number[] {
  const size = (Math.max(...folds) + 1) * 256;
  const rows = new Float64Array(size);
  const hits = new Float64Array(size);
  const allRows = new Float64Array(256);
  const allHits = new Float64Array(256);
  const base = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  bins.forEach((bin, i) => {
    rows[folds[i] * 256 + bin] += 1;
    hits[folds[i] * 256 + bin] += labels[i];
    allRows[bin] += 1;
    allHits[bin] += labels[i];
  });
  return Array.from(bins, (bin, i) => {
    const own = folds[i] * 256 + bin;
    return (allHits[bin] - hits[own] + base * priorRows) / (allRows[bin] - rows[own] + priorRows);
  });
}
