import { predictTable } from '../../models/tables/predict-table.ts';
import { readTableArtefact } from '../../models/tables/read-table-artefact.ts';
import { readTable } from '../../models/tables/read-table.ts';
import type { TableManifest } from '../../models/tables/table-manifest.ts';
import type { Table } from '../../models/tables/table.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';
import { readBackend } from '../read-backend.ts';
import { usageError } from '../usage-error.ts';
import { writeOutFile } from '../write-out-file.ts';

/** Options of `score --table` as they were typed. */
export interface ScoreTableOptions {
  readonly table: string;
  readonly model: string;
  readonly out: string;
  readonly id?: string;
  readonly backend: string;
}

/** `tidewatch score --table`: a probability per row of a table. */
export async function scoreTable(options: ScoreTableOptions, io: CliIo): Promise<void> {
  const { manifest, model } = await readTableArtefact(options.model, readBackend(options.backend));
  const table = await readTable(options.table);
  checkColumns(options.table, table, manifest);
  const idAt = findId(table, manifest, options);
  const { probabilities, strange } = predictTable(model, table);
  for (const [name, count] of Object.entries(strange)) {
    const isNumber = manifest.columns.some((column) => column.name === name && column.kind === 'number');
    const what = isNumber ? 'hold no number and count as missing' : 'hold a value not met in training and count as "other"'; // prettier-ignore
    io.stderr.write(`${count} cells of ${name} ${what}\n`);
  }
  const header = csvLine([idAt < 0 ? 'row' : table.header[idAt], 'p_churn']);
  const lines = table.rows.map((row, i) => csvLine([idAt < 0 ? String(i + 1) : row[idAt], String(probabilities[i])]));
  await writeOutFile(options.out, [header, ...lines].join(''));
  io.stdout.write(`${lines.length} rows scored into ${options.out}\n`);
}

function checkColumns(file: string, { header }: Table, { columns }: TableManifest): void {
  const lacking = columns.map(({ name }) => name).filter((name) => !header.includes(name));
  if (lacking.length === 0) return;
  throw dataFileError(
    `${file} lacks the columns ${lacking.join(', ')}, which the model was trained on; give a table with the same columns (the target is not needed).`,
  );
}

/** Place of the column that names the rows; -1 where they are numbered. */
function findId({ header }: Table, manifest: TableManifest, { id }: ScoreTableOptions): number {
  if (id === undefined) return manifest.id === null ? -1 : header.indexOf(manifest.id);
  const at = header.indexOf(id);
  if (at >= 0) return at;
  throw usageError(`--id names the column "${id}", which the table lacks; its columns are ${header.join(', ')}.`);
}
