import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { importFault } from '../import-fault.ts';
import type { Row } from './row.ts';

const maxRecordBytes = 1024 * 1024;

/** Rows of a CSV file with a header; a row with more or fewer fields than the header is a fault of that row alone. */
export async function* csvRows(bytes: Readable, columns: readonly string[], file: string): AsyncGenerator<Row, void> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, relax_quotes: true, max_record_size: maxRecordBytes }); // prettier-ignore
  pipeline(bytes, parser, () => undefined);
  let header: readonly string[] | null = null;
  let number = 0;
  for await (const fields of parser as AsyncIterable<string[]>) {
    if (header === null) {
      header = fields.map((name) => name.trim());
      requireColumns(header, columns, file);
      continue;
    }
    number += 1;
    if (fields.length === header.length) {
      yield { number, values: Object.fromEntries(header.map((name, i) => [name, fields[i]])), fault: null };
    } else {
      const fault = `the row has ${fields.length} fields and the header ${header.length}; mend the row`;
      yield { number, values: null, fault };
    }
  }
  if (header === null) throw importFault(`${file} has no header, it is empty; check that the file is complete.`);
}

function requireColumns(header: readonly string[], columns: readonly string[], file: string): void {
  const twice = columns.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined) throw importFault(`${file} has the column "${twice}" twice; give each its own name.`);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  throw importFault(`${file} has no column "${missing.join('", "')}"; it has ${header.join(', ')}. Correct --map.`);
}
