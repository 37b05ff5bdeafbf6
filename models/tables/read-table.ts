import { openCsv } from '../files/open-csv.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { Table } from './table.ts';

/**
 * Reads a CSV file (`.gz` as well) with a header. Cells are trimmed.
 * @throws ERR_DATA_FILE when the file is missing, empty, not CSV, or has a row or a header that cannot be used
 */
export async function readTable(file: string): Promise<Table> {
  const lines: string[][] = [];
  for await (const fields of openCsv(file, { trim: true })) lines.push(fields);
  const [header, ...rows] = lines;
  if (header === undefined || rows.length === 0) {
    throw dataFileError(`${file} holds no rows; give a CSV file with a header and one row per customer.`);
  }
  checkHeader(file, header);
  const ragged = rows.findIndex((row) => row.length !== header.length);
  if (ragged >= 0) {
    throw dataFileError(
      `Row ${ragged + 1} of ${file} (the header not counted) has ${rows[ragged].length} fields, the header has ${header.length}; put fields that hold a comma into quotes.`,
    );
  }
  return { header, rows };
}

function checkHeader(file: string, header: readonly string[]): void {
  const blank = header.indexOf('');
  if (blank >= 0) throw dataFileError(`Column ${blank + 1} of ${file} has no name; name it in the header.`);
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) {
    throw dataFileError(`${file} has two columns named "${twice}"; rename one, so that it is clear which is meant.`);
  }
}
