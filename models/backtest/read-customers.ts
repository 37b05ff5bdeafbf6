import { openCsv } from '../files/open-csv.ts';
import { dataFileError } from '../training/data-file-error.ts';

/**
 * Ids of a CSV file (`.gz` as well) with a header, in its order; empty cells are left out.
 * @param column name of the column that holds the ids
 * @throws ERR_DATA_FILE when the file is missing, cannot be read, lacks the column or names nobody
 */
export async function readCustomers(file: string, column: string): Promise<string[]> {
  const ids: string[] = [];
  let position: number | null = null;
  for await (const fields of openCsv(file)) {
    if (position === null) position = locate(fields, column, file);
    else if ((fields[position] ?? '').trim() !== '') ids.push(fields[position].trim());
  }
  if (ids.length === 0) throw dataFileError(`${file} names no customers; give a CSV file with a header and rows.`);
  return ids;
}

function locate(header: readonly string[], column: string, file: string): number {
  const names = header.map((name) => name.trim());
  const at = names.indexOf(column);
  if (at >= 0) return at;
  throw dataFileError(
    `${file} has no column "${column}"; found ${names.join(', ')}. Name it with --map customer_id=Column.`,
  );
}
