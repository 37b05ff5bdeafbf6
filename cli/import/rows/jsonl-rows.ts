import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { importFault } from '../import-fault.ts';
import type { Row } from './row.ts';

const maxLineCharacters = 1024 * 1024;

/** Rows of a file with one JSON object per line; a line that is none is a fault of that row alone. Empty lines are no rows. */
export async function* jsonlRows(bytes: Readable, file: string): AsyncGenerator<Row, void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineCharacters) throw importFault(`${file} has a line over 1 MiB after row ${number}; it is no JSON Lines file.`); // prettier-ignore
    for (const line of lines) if (line.trim() !== '') yield readLine(line, ++number);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield readLine(rest, number + 1);
}

function readLine(line: string, number: number): Row {
  try {
    const value: unknown = JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { number, values: value as Record<string, unknown>, fault: null };
    }
  } catch {
    // Said below, without the line: it may hold personal data.
  }
  return { number, values: null, fault: 'the line is no JSON object; mend the row' };
}
