import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type Parser } from 'csv-parse';
import { dataFileError } from '../training/data-file-error.ts';
import type { Table } from './table.ts';

/**
 * Reads a CSV file (`.gz` as well) with a header. Cells are trimmed.
 * @throws ERR_DATA_FILE when the file is missing, empty, not CSV, or has a row or a header that cannot be used
 */
export async function readTable(file: string): Promise<Table> {
  const lines: string[][] = [];
  try {
    for await (const fields of openRows(file) as AsyncIterable<string[]>) lines.push(fields);
  } catch (cause) {
    throw toDataFileError(file, cause);
  }
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

function openRows(file: string): Parser {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  const source = createReadStream(file);
  const done = (error: unknown): void => {
    if (error instanceof Error) parser.destroy(error);
  };
  if (file.endsWith('.gz')) pipeline(source, createGunzip(), parser, done);
  else pipeline(source, parser, done);
  return parser;
}

function checkHeader(file: string, header: readonly string[]): void {
  const blank = header.indexOf('');
  if (blank >= 0) throw dataFileError(`Column ${blank + 1} of ${file} has no name; name it in the header.`);
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) {
    throw dataFileError(`${file} has two columns named "${twice}"; rename one, so that it is clear which is meant.`);
  }
}

function toDataFileError(file: string, cause: unknown): Error {
  const { code, message } = cause as { code?: string; message: string };
  if (code === 'ENOENT') return dataFileError(`${file} does not exist; check the path.`, cause);
  return dataFileError(`${file} cannot be read as CSV: ${message}. Check that it is complete.`, cause);
}
