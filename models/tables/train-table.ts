import { useBackend, type BackendName } from '../../services/platform/tensorflow/backend.ts';
import type { FeatureImportance } from '../training/measures/feature-importance.ts';
import { chooseColumns, type ColumnChoice, type NamedColumns } from './choose-columns.ts';
import { fitTable, innerFolds } from './fit-table.ts';
import { dealFolds, foldByKey } from './fold-rows.ts';
import { memberNames } from './members.ts';
import { predictTable } from './predict-table.ts';
import { readTarget, type LabelledTable } from './read-target.ts';
import { leakAuc, singleColumnAucs, type SingleColumn } from './single-column-auc.ts';
import { measureImportance } from './measure-importance.ts';
import { measureTable, type TableFigures } from './table-figures.ts';
import type { TableModel } from './table-model.ts';
import type { TableProgress } from './table-progress.ts';
import type { Table } from './table.ts';

export interface TableRequest extends NamedColumns {
  /** The value that means that the customer left; null where the words say it. */
  readonly positive: string | null;
  /** Outer folds to measure on; 0 for none. */
  readonly folds: number;
  /** What decides a row's outer fold: its id, or its inputs. */
  readonly foldBy: 'id' | 'content';
  readonly seed: number;
  readonly backend: BackendName;
  /** Whether a model is wanted, or the figures alone. */
  readonly wantsModel: boolean;
  readonly progress: TableProgress;
}

/** What was found in a table before anything was fitted. */
export interface TableFindings extends ColumnChoice {
  readonly labelled: LabelledTable;
  /** Inputs of each row in one text; equal for rows that cannot be told apart. */
  readonly keys: readonly string[];
  readonly duplicates: number;
  /** Strongest first. */
  readonly single: readonly SingleColumn[];
  readonly leaks: readonly SingleColumn[];
}

export interface TrainedTable {
  readonly findings: TableFindings;
  /** Null where only figures were wanted. */
  readonly model: TableModel | null;
  /** Of rows that had no part in the model they are measured with. */
  readonly outOfFold: {
    readonly overall: TableFigures;
    readonly aucs: readonly number[];
    /** Per row. */
    readonly probabilities: Float64Array;
  } | null;
  /** Of the final model: its members had no part of the rows, the blend of them had. */
  readonly crossFitted: TableFigures | null;
  /** Probabilities behind those, per row. */
  readonly crossFittedProbabilities: Float64Array | null;
  /** What the final model's ranking hangs on; computed when asked for. Empty without a model. */
  readonly importance: () => readonly FeatureImportance[];
}

/** Looks at a table: what is used, what is not, and what looks like a leak. */
export function inspectTable(table: Table, request: TableRequest): TableFindings {
  const choice = chooseColumns(table, request);
  const labelled = readTarget(table, request.target, request.positive);
  const keys = makeKeys(labelled.table, choice);
  const folds = dealFolds(keys, labelled.labels, innerFolds);
  const single = singleColumnAucs(labelled.table, choice.inputs, labelled.labels, folds);
  return {
    ...choice,
    labelled,
    keys,
    duplicates: keys.length - new Set(keys).size,
    single,
    leaks: single.filter(({ auc }) => auc > leakAuc),
  };
}

/** Measures on outer folds, if asked, and fits the model on all rows, if asked. Equal arguments give equal bits. */
export async function trainTable(findings: TableFindings, request: TableRequest): Promise<TrainedTable> {
  await useBackend(request.backend);
  const { progress, folds, wantsModel } = request;
  progress.begins((folds + Number(wantsModel)) * innerFolds * memberNames.length);
  try {
    const outOfFold = folds === 0 ? null : await measureOutOfFold(findings, request);
    const all = findings.keys.map((_, row) => row);
    const fitted = wantsModel ? await fitRows(findings, request, all) : null;
    return {
      findings,
      model: fitted?.model ?? null,
      outOfFold,
      crossFitted: fitted === null ? null : measureTable(fitted.crossFitted, findings.labelled.labels),
      crossFittedProbabilities: fitted?.crossFitted ?? null,
      importance: () => (fitted === null ? [] : measureImportance(fitted.model, findings.labelled, request.seed)),
    };
  } finally {
    progress.ends();
  }
}

async function measureOutOfFold(
  findings: TableFindings,
  request: TableRequest,
): Promise<NonNullable<TrainedTable['outOfFold']>> {
  const { table, labels } = findings.labelled;
  const idAt = table.header.indexOf(request.id ?? '');
  const keys = request.foldBy === 'id' && idAt >= 0 ? table.rows.map((row) => row[idAt]) : findings.keys;
  const foldOf = foldByKey(keys, request.folds);
  const probabilities = new Float64Array(labels.length);
  const aucs: number[] = [];
  for (let fold = 0; fold < request.folds; fold++) {
    const rows = [...foldOf.keys()];
    const held = rows.filter((row) => foldOf[row] === fold);
    const others = rows.filter((row) => foldOf[row] !== fold);
    const { model } = await fitRows(findings, request, others);
    const said = predictTable(model, { header: table.header, rows: held.map((row) => table.rows[row]) }).probabilities;
    held.forEach((row, i) => (probabilities[row] = said[i]));
    aucs.push(
      measureTable(
        said,
        Uint8Array.from(held, (row) => labels[row]),
      ).auc,
    );
  }
  return { overall: measureTable(probabilities, labels), aucs, probabilities };
}

function fitRows(findings: TableFindings, request: TableRequest, rows: readonly number[]): ReturnType<typeof fitTable> {
  const { table, labels } = findings.labelled;
  return fitTable(
    { header: table.header, rows: rows.map((row) => table.rows[row]) },
    {
      inputs: findings.inputs,
      labels: Uint8Array.from(rows, (row) => labels[row]),
      keys: rows.map((row) => findings.keys[row]),
      seed: request.seed,
      fitDone: () => request.progress.fitDone(),
    },
  );
}

function makeKeys({ header, rows }: Table, { inputs }: ColumnChoice): string[] {
  const places = inputs.map(({ name }) => header.indexOf(name));
  return rows.map((row) => JSON.stringify(places.map((at) => row[at])));
}
