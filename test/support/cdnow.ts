import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const file = new URL('../../../shared/data/cdnow/reference_btyd_sample.csv', import.meta.url);

/** Whether `../shared/data` stands beside the repository. */
export const hasCdnow = existsSync(file);

/** Column -> value per customer of the CDNOW sample, with the predictions of an independent implementation. */
export function readCdnowReference(): Readonly<Record<string, number>>[] {
  const rows = parse<Record<string, string>>(readFileSync(file), { columns: true });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, Number(text)])));
}
