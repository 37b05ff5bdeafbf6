import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type Parser } from 'csv-parse';
import { EngineError } from '../../services/core/errors.ts';
import { dataFileError } from '../training/data-file-error.ts';

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
  try {
    for await (const fields of openCsv(file) as AsyncIterable<string[]>) {
      row += 1;
      if (positions === null) positions = columns.map((column) => locate(fields, column, file));
      else take(positions.map((at) => fields[at]?.trim() ?? ''), row); // prettier-ignore
    }
  } catch (error) {
    throw toFault(file, error);
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

function openCsv(file: string): Parser {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  const source = createReadStream(file);
  const done = (error: unknown): void => {
    if (error instanceof Error) parser.destroy(error);
  };
  if (file.endsWith('.gz')) pipeline(source, createGunzip(), parser, done);
  else pipeline(source, parser, done);
  return parser;
}

function toFault(file: string, error: unknown): Error {
  if (error instanceof EngineError) return error;
  const { code, message } = error as { code?: string; message: string };
  if (code === 'ENOENT') return dataFileError(`${file} does not exist; check the path.`, error);
  return dataFileError(`${file} cannot be read as CSV: ${message}. Check that it is complete.`, error);
}
