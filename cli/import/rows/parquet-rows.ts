import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { importFault } from '../import-fault.ts';
import type { Row, RowSource } from './row.ts';

/** Rows held at a time. A row group is decoded anew for each such piece of it. */
const pieceRows = 50_000;

/** Rows of a Parquet file, any codec of the format. Only the columns named are read. */
export async function openParquet(path: string, columns: readonly string[]): Promise<RowSource> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const known = parquetSchema(metadata).children.map(({ element }) => element.name);
  const missing = columns.filter((column) => !known.includes(column));
  if (missing.length > 0) {
    throw importFault(`${path} has no column "${missing.join('", "')}"; it has ${known.join(', ')}. Correct --map.`);
  }
  const total = Number(metadata.num_rows);
  let read = 0;

  async function* rows(): AsyncGenerator<Row, void> {
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      for (; start < end; start += Math.min(pieceRows, end - start)) {
        const piece = { rowStart: start, rowEnd: Math.min(end, start + pieceRows), columns: [...columns] };
        for (const values of await parquetReadObjects({ file, metadata, compressors, ...piece })) {
          read += 1;
          yield { number: read, values, fault: null };
        }
      }
    }
  }

  return { rows: rows(), share: () => (total === 0 ? 1 : read / total) };
}
