import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { openCheckpoint } from '../../models/training/open-checkpoint.ts';
import { trainModel } from '../../models/training/train-model.ts';
import type { TrainRequest } from '../../models/training/train-request.ts';
import { assertFreeDirectory, writeArtefact } from '../../models/training/write-artefact.ts';
import { artefactFiles } from '../../services/platform/tensorflow/artefact.ts';
import { describePromotion } from '../../services/platform/runtime/describe-promotion.ts';
import type { CliIo } from '../cli-io.ts';
import { addNetOptions, readNetOptions } from '../net-options.ts';
import { readDay } from '../read-options.ts';
import { readOrderFile } from '../read-order-file.ts';
import { comparePromotion, findInService } from '../compare-promotion.ts';
import { summarizeTraining } from '../summarize-training.ts';
import { addTrainTableOptions, type TrainTableOptions } from '../tables/table-options.ts';
import { trainOnTable } from '../tables/train-on-table.ts';
import { trainForAnyShop, type DayOneOptions } from '../train-for-any-shop.ts';
import { adaptToShortHistory, readStart } from '../train-from.ts';
import { trainCommandLine, type TrainOptions } from '../train-command-line.ts';
import { usageError } from '../usage-error.ts';

/** What was typed: one of the sources, and what belongs to it. */
type AnyOptions = Partial<TrainOptions> &
  DayOneOptions &
  Omit<TrainTableOptions, 'table'> & { readonly table?: string; readonly dayOne?: boolean };

/** `tidewatch train`: orders or a table in, a model directory out. */
export function addTrainVerb(program: Command, io: CliIo, finish: (code: number) => void): void {
  const verb = program
    .command('train')
    .description(
      'Train a model on past orders, or on a table with one row per customer; write it as a model directory.',
    )
    .option('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .option('--until <day>', 'with --orders: first day that is not looked at, YYYY-MM-DD')
    .option('--out <dir>', 'model directory to write, such as models/retention/4')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option(
      '--against <dir>',
      'with --orders: model to compare with (default: the newest one beside --out that may serve)',
    )
    .option('--force <reason>', 'with --orders: let the model into service although it is worse; recorded with it')
    .option('--from <dir>', 'with --orders: model for any shop to begin with, such as models/day-one/1')
    .option('--day-one', 'make a model for any shop, from simulated shops and --orders where given')
    .option('--shops <n>', 'with --day-one: simulated shops to learn from', '160')
    .option('--overwrite', 'replace what the directory holds', false);
  addTrainTableOptions(addNetOptions(verb, { seeds: '3' }))
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch train --orders orders.csv.gz --until 2026-01-01 --out models/retention/4\n' +
        '  tidewatch train --table contracts.csv --target Churn --id customer --out models/contracts/1 --folds 5',
    )
    .action(async (options: AnyOptions) => {
      if (!(await trainOnSource(options, io))) finish(1);
    });
}

/** @returns whether what was trained may go into service */
async function trainOnSource(options: AnyOptions, io: CliIo): Promise<boolean> {
  const { table, orders, until, out } = options;
  if (options.dayOne === true) {
    await trainForAnyShop(options, io);
    return true;
  }
  if (table !== undefined && orders !== undefined) throw usageError('Give --orders or --table, not both.');
  if (table !== undefined) {
    await trainOnTable({ ...options, table }, io);
    return true;
  }
  if (orders === undefined) throw usageError('Name what to train on: --orders FILE or --table FILE.');
  if (until === undefined) throw usageError('Say with --until YYYY-MM-DD which day is the first not looked at.');
  if (out === undefined) throw usageError('Say with --out DIR where the model goes.');
  return train({ ...options, orders, until, out }, io);
}

async function train(options: TrainOptions, io: CliIo): Promise<boolean> {
  const request = await readRequest(options, io);
  const out = resolve(options.out);
  const checkpoint = openCheckpoint(out, (text) => request.progress.say(text));
  await assertFreeDirectory(options.out, options.overwrite || checkpoint.isWriting());
  const inService = await findInService(out, options.against);
  const { progress, backend } = request;
  const orders = await readOrderFile(options, (text) => progress.say(text));
  const label = {
    name: basename(dirname(out)),
    version: basename(out),
    source: basename(options.orders),
    command: trainCommandLine(options),
  };
  const adapted = await adaptToShortHistory(out, orders, { label, request });
  if (adapted !== null) {
    io.stdout.write(adapted);
    return true;
  }
  progress.say(`Training on the backend ${backend}`);
  const trained = await trainModel(orders, { ...request, checkpoint });
  // minutes have passed: another run may have put its model there meanwhile
  await assertFreeDirectory(options.out, options.overwrite || checkpoint.isWriting());
  // a manifest that stands beside the marker is this run's own
  await rm(join(out, artefactFiles.manifest), { force: true });
  await checkpoint.beginWriting();
  const promotion = await comparePromotion(trained, { out, inService, backend, force: options.force ?? null });
  const manifest = await writeArtefact(out, trained, { label, request });
  await checkpoint.finish();
  io.stdout.write(summarizeTraining(manifest, options.out));
  if (promotion === null) return true;
  io.stdout.write(
    `${promotion.promoted ? 'It may go into service' : 'It is held back'}: ${describePromotion(promotion)}\n`,
  );
  return promotion.promoted;
}

async function readRequest(options: TrainOptions, io: CliIo): Promise<TrainRequest> {
  const net = readNetOptions(options, io);
  const from = options.from === undefined ? {} : { from: await readStart(options.from, net.backend) };
  return { until: readDay('--until', options.until), horizonDays: 90, ...net, ...from };
}
