import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { EngineError } from '../../../services/core/errors.ts';

export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a CSV file, unpacked where its name ends in .gz; ERR_DATA_FILE names the file and what is wrong. */
export async function* readCsv(file: string, needed: readonly string[]): AsyncGenerator<CsvRow, void> {
  const parser = parse({ columns: true, skip_empty_lines: true, bom: true });
  const unpack = file.endsWith('.gz') ? createGunzip() : new PassThrough();
  const reading = pipeline(createReadStream(file), unpack, parser);
  reading.catch(() => undefined);
  let isFirst = true;
  try {
    for await (const row of parser as AsyncIterable<CsvRow>) {
      const missing = isFirst ? needed.filter((column) => row[column] === undefined) : [];
      if (missing.length > 0) throw fault(file, `has no column ${missing.join(', ')}`);
      isFirst = false;
      yield row;
    }
    await reading;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw fault(file, `cannot be read: ${(error as Error).message}`, error);
  }
  if (isFirst) throw fault(file, 'is empty');
}

function fault(file: string, what: string, cause?: unknown): EngineError {
  return new EngineError('ERR_DATA_FILE', `${file} ${what}.`, { retryable: false, context: { file }, cause });
}
