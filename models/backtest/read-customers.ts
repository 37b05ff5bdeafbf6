import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { dataFileError } from '../training/data-file-error.ts';

/**
 * Ids of a CSV file (`.gz` as well) with a header, in its order; empty cells are left out.
 * @param column name of the column that holds the ids
 * @throws ERR_DATA_FILE when the file is missing, cannot be read, lacks the column or names nobody
 */
export async function readCustomers(file: string, column: string): Promise<string[]> {
  const ids: string[] = [];
  let position: number | null = null;
  try {
    for await (const fields of openRows(file) as AsyncIterable<string[]>) {
      if (position === null) position = locate(fields, column, file);
      else if ((fields[position] ?? '').trim() !== '') ids.push(fields[position].trim());
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code?.startsWith('ERR_DATA')) throw error;
    if (code === 'ENOENT') throw dataFileError(`${file} does not exist; check the path.`, error);
    throw dataFileError(`${file} cannot be read as CSV: ${message}. Check that it is complete.`, error);
  }
  if (ids.length === 0) throw dataFileError(`${file} names no customers; give a CSV file with a header and rows.`);
  return ids;
}

function openRows(file: string): AsyncIterable<unknown> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  const done = (error: unknown): void => {
    if (error instanceof Error) parser.destroy(error);
  };
  if (file.endsWith('.gz')) pipeline(createReadStream(file), createGunzip(), parser, done);
  else pipeline(createReadStream(file), parser, done);
  return parser;
}

function locate(header: readonly string[], column: string, file: string): number {
  const names = header.map((name) => name.trim());
  const at = names.indexOf(column);
  if (at >= 0) return at;
  throw dataFileError(
    `${file} has no column "${column}"; found ${names.join(', ')}. Name it with --map customer_id=Column.`,
  );
}
