import { readCsv } from './read-csv.ts';
import { orderColumns } from './to-segment-track.ts';

/** All rows of all files in turn. */
export async function* readOrders(files: readonly string[]): ReturnType<typeof readCsv> {
  for (const file of files) yield* readCsv(file, orderColumns);
}

/** How many orders there are, so that progress can be shown; also finds an unreadable file before anything is sent. */
export async function countOrders(files: readonly string[]): Promise<number> {
  let rows = 0;
  for await (const _row of readOrders(files)) rows += 1;
  return rows;
}
