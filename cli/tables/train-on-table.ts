import { basename, resolve } from 'node:path';
import { readTable } from '../../models/tables/read-table.ts';
import { inspectTable, trainTable, type TableRequest } from '../../models/tables/train-table.ts';
import { writeTableArtefact } from '../../models/tables/write-table-artefact.ts';
import { assertFreeDirectory } from '../../models/training/write-artefact.ts';
import type { CliIo } from '../cli-io.ts';
import { readBackend } from '../read-backend.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';
import { describeFindings } from './describe-findings.ts';
import { summarizeTable } from './summarize-table.ts';
import { trainTableCommandLine, type TrainTableOptions } from './table-options.ts';
import { createTableProgress } from './table-progress-bar.ts';

/** `tidewatch train --table`: a table in, a model directory or figures out. */
export async function trainOnTable(options: TrainTableOptions, io: CliIo): Promise<void> {
  const request = readRequest(options, io);
  const { progress } = request;
  if (options.out !== undefined) await assertFreeDirectory(options.out, options.overwrite);
  progress.say(`Reading ${options.table}`);
  const findings = inspectTable(await readTable(options.table), request);
  describeFindings(findings).forEach((line) => progress.say(line));
  const trained = await trainTable(findings, request);
  if (options.out !== undefined && trained.model !== null) {
    const label = { source: basename(options.table), command: trainTableCommandLine(options) };
    await writeTableArtefact(resolve(options.out), { ...trained, model: trained.model }, { label, request });
  }
  io.stdout.write(summarizeTable(trained, options.out ?? null));
}

function readRequest(options: TrainTableOptions, io: CliIo): TableRequest {
  const { target, id = null, positive = null, exclude, out, foldBy } = options;
  if (target === undefined) throw usageError('Say with --target COLUMN which column of the table says who left.');
  const folds = readWhole('--folds', options.folds, [0, 20]);
  if (folds === 1) throw usageError('--folds 1 leaves nothing to train on; give 0 or 2 to 20.');
  if (out === undefined && folds === 0) {
    throw usageError('Say with --out DIR where the model goes, or with --folds N that it is only to be measured.');
  }
  if (foldBy !== 'id' && foldBy !== 'content') throw usageError(`--fold-by "${foldBy}" is neither id nor content.`);
  if (foldBy === 'id' && id === null) throw usageError('--fold-by id needs --id COLUMN.');
  return {
    target,
    id,
    positive,
    exclude: exclude.split(',').map((name) => name.trim()).filter((name) => name !== ''), // prettier-ignore
    folds,
    foldBy,
    seed: readWhole('--seed', options.seed, [0, 2 ** 20]),
    backend: readBackend(options.backend),
    wantsModel: out !== undefined,
    progress: createTableProgress(io),
  };
}
