import type { ColumnSpec } from './column-spec.ts';
import type { Table } from './table.ts';

/** Rows that were checked when the model was made, made up so that no customer stands in the artefact. */
export interface GoldenTable {
  readonly rows: Table['rows'];
  readonly probabilities: readonly number[];
}

/** How far a golden probability may be off on another machine or backend. */
export const goldenTolerance = 1e-5;

const goldenRows = 24;

/** Rows that walk through each column's range, missing and unknown values among them. */
export function makeGoldenRows(columns: readonly ColumnSpec[]): Table {
  const rows = Array.from({ length: goldenRows }, (_, row) =>
    columns.map((column, c) => cellAt(column, row * (c + 1) + c)),
  );
  return { header: columns.map(({ name }) => name), rows };
}

function cellAt(column: ColumnSpec, step: number): string {
  const choices = column.kind === 'number' ? column.knots.map(String) : [...column.values, 'a value never met'];
  return ['', ...choices][step % (choices.length + 1)];
}
