import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseColumnMap } from '../../models/training/column-map.ts';
import { readOrders } from '../../models/training/read-orders.ts';
import { trainModel } from '../../models/training/train-model.ts';
import type { TrainRequest } from '../../models/training/train-request.ts';
import { assertFreeDirectory, writeArtefact } from '../../models/training/write-artefact.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { backendNames } from '../../services/platform/tensorflow/backend.ts';
import type { CliIo } from '../cli-io.ts';
import { createTrainingProgress } from '../progress-bar.ts';
import { readBackend } from '../read-backend.ts';
import { readCurrency, readDay, readTimezone, readWhole } from '../read-options.ts';
import { summarizeTraining } from '../summarize-training.ts';
import { addTrainTableOptions, type TrainTableOptions } from '../tables/table-options.ts';
import { trainOnTable } from '../tables/train-on-table.ts';
import { trainCommandLine, type TrainOptions } from '../train-command-line.ts';
import { usageError } from '../usage-error.ts';

/** What was typed: one of the two sources, and what belongs to it. */
type AnyOptions = Partial<TrainOptions> & Omit<TrainTableOptions, 'table'> & { readonly table?: string };

/** `tidewatch train`: orders or a table in, a model directory out. */
export function addTrainVerb(program: Command, io: CliIo): void {
  const verb = program
    .command('train')
    .description(
      'Train a model on past orders, or on a table with one row per customer; write it as a model directory.',
    )
    .option('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .option('--until <day>', 'with --orders: first day that is not looked at, YYYY-MM-DD')
    .option('--out <dir>', 'model directory to write, such as models/retention/2')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--seeds <n>', 'nets that are trained and averaged', '3')
    .option('--epochs <n>', 'passes over the rows, at most', '12')
    .option('--seed <n>', 'seed of the first net', '1')
    .option('--backend <name>', `what computes: ${backendNames.join(' or ')}`, 'wasm')
    .option('--overwrite', 'replace what the directory holds', false);
  addTrainTableOptions(verb)
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch train --orders orders.csv.gz --until 2026-01-01 --out models/retention/2\n' +
        '  tidewatch train --table contracts.csv --target Churn --id customer --out models/contracts/1 --folds 5',
    )
    .action((options: AnyOptions) => trainOnSource(options, io));
}

async function trainOnSource(options: AnyOptions, io: CliIo): Promise<void> {
  const { table, orders, until, out } = options;
  if (table !== undefined && orders !== undefined) throw usageError('Give --orders or --table, not both.');
  if (table !== undefined) return trainOnTable({ ...options, table }, io);
  if (orders === undefined) throw usageError('Name what to train on: --orders FILE or --table FILE.');
  if (until === undefined) throw usageError('Say with --until YYYY-MM-DD which day is the first not looked at.');
  if (out === undefined) throw usageError('Say with --out DIR where the model goes.');
  return train({ ...options, orders, until, out } as TrainOptions, io);
}

async function train(options: TrainOptions, io: CliIo): Promise<void> {
  const columns = parseColumnMap(options.map);
  const request = readRequest(options, io);
  await assertFreeDirectory(options.out, options.overwrite);
  const { progress, timezone, currency, backend } = request;
  progress.say(`Reading ${options.orders}`);
  const { orders, skipped, firstProblem } = await readOrders(options.orders, {
    columns,
    calendar: createBusinessCalendar(timezone),
    exponent: currencyExponent(currency) ?? 2,
  });
  if (skipped > 0) progress.say(`Left out ${skipped} unreadable rows, the first being ${firstProblem}`);
  progress.say(`Training on the backend ${backend}`);
  const trained = await trainModel(orders, request);
  const out = resolve(options.out);
  const manifest = await writeArtefact(out, trained, {
    label: {
      name: basename(dirname(out)),
      version: basename(out),
      source: basename(options.orders),
      command: trainCommandLine(options),
    },
    request,
  });
  io.stdout.write(summarizeTraining(manifest, options.out));
}

function readRequest(options: TrainOptions, io: CliIo): TrainRequest {
  return {
    until: readDay('--until', options.until),
    horizonDays: 90,
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
    seeds: readWhole('--seeds', options.seeds, [1, 20]),
    seed: readWhole('--seed', options.seed, [0, 2 ** 31 - 1]),
    epochs: readWhole('--epochs', options.epochs, [1, 1000]),
    backend: readBackend(options.backend),
    progress: createTrainingProgress(io),
  };
}
