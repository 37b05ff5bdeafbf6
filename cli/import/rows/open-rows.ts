import { stat } from 'node:fs/promises';
import { EngineError } from '../../../services/core/errors.ts';
import { importFault } from '../import-fault.ts';
import { openBytes } from './byte-source.ts';
import { csvRows } from './csv-rows.ts';
import { jsonlRows } from './jsonl-rows.ts';
import { openParquet } from './parquet-rows.ts';
import type { Row, RowSource } from './row.ts';

export const fileFormats = ['csv', 'jsonl', 'parquet'] as const;

export type FileFormat = (typeof fileFormats)[number];

/** The format that a file's name tells; null for other names. */
export function formatOfName(file: string): FileFormat | null {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (extension === 'ndjson') return 'jsonl';
  return fileFormats.find((format) => format === extension) ?? null;
}

/**
 * Opens a file and reads its first row, so that a wrong column is found before anything else is done.
 * @param columns those that the rows must have; other ones may be left out
 * @throws ERR_DATA_FILE, also from the rows, where the file itself cannot be read on
 */
export async function openRows(file: string, format: FileFormat, columns: readonly string[]): Promise<RowSource> {
  try {
    const { size } = await stat(file);
    if (format === 'parquet') {
      const { rows, share } = await openParquet(file, columns);
      return { rows: await begun(named(rows, file)), share };
    }
    const { bytes, read } = openBytes(file);
    const rows = format === 'csv' ? csvRows(bytes, columns, file) : jsonlRows(bytes, file);
    return { rows: await begun(named(rows, file)), share: () => (size === 0 ? 1 : read() / size) };
  } catch (error) {
    throw toFault(file, error);
  }
}

async function begun(rows: AsyncGenerator<Row, void>): Promise<AsyncGenerator<Row, void>> {
  const first = await rows.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* rows;
  })();
}

async function* named(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row, void> {
  try {
    yield* rows;
  } catch (error) {
    throw toFault(file, error);
  }
}

function toFault(file: string, error: unknown): Error {
  if (error instanceof EngineError) return error;
  const { code, message } = error as { code?: string; message: string };
  if (code === 'ENOENT') return importFault(`${file} does not exist; check the path.`, error);
  return importFault(`${file} cannot be read: ${message}. Check --format and that the file is complete.`, error);
}
