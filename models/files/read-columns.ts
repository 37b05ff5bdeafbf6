import { dataFileError } from '../training/data-file-error.ts';
import { openCsv } from './open-csv.ts';

/** What a row of a file holds: the cells of the columns asked for, trimmed, in the order asked; and which row it is. */
export type TakeRow = (cells: readonly string[], row: number) => void;

/**
 * Streams some columns of a CSV file with a header (`.gz` as well) through `take`. Rows count from 1 with the header as
 * row 1.
 * @throws ERR_DATA_FILE when the file is missing, empty, broken or lacks a column, or has it twice
 */
export async function readColumns(file: string, columns: readonly string[], take: TakeRow): Promise<void> {
  let positions: number[] | null = null;
  let row = 0;
  for await (const fields of openCsv(file)) {
    row += 1;
    if (positions === null) positions = columns.map((column) => locate(fields, column, file));
    else take(positions.map((at) => fields[at]?.trim() ?? ''), row); // prettier-ignore
  }
  if (row < 2) throw dataFileError(`${file} holds no rows; give a CSV file with a header and rows.`);
}

function locate(header: readonly string[], column: string, file: string): number {
  const names = header.map((name) => name.trim());
  const at = names.indexOf(column);
  if (at < 0) throw dataFileError(`${file} has no column "${column}"; found ${names.join(', ')}. Name the right one.`);
  if (names.lastIndexOf(column) !== at)
    throw dataFileError(`${file} has the column "${column}" twice; rename one, so that it is clear which is meant.`);
  return at;
}
