import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type Options, type Parser } from 'csv-parse';
import { EngineError } from '../../services/core/errors.ts';
import { dataFileError } from '../training/data-file-error.ts';

/**
 * The rows of a CSV file (`.gz` as well), the header among them, each a list of fields.
 * @throws ERR_DATA_FILE when the file is missing or cannot be read as CSV
 */
export async function* openCsv(file: string, options: Options = {}): AsyncGenerator<string[], void> {
  try {
    yield* parserOf(file, options) as AsyncIterable<string[]>;
  } catch (error) {
    throw toFault(file, error);
  }
}

function parserOf(file: string, options: Options): Parser {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, ...options });
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
