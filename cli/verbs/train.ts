import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseColumnMap } from '../../models/training/column-map.ts';
import { readOrders } from '../../models/training/read-orders.ts';
import { trainModel } from '../../models/training/train-model.ts';
import type { TrainRequest } from '../../models/training/train-request.ts';
import { assertFreeDirectory, writeArtefact } from '../../models/training/write-artefact.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { backendNames, type BackendName } from '../../services/platform/tensorflow/backend.ts';
import type { CliIo } from '../cli-io.ts';
import { createTrainingProgress } from '../progress-bar.ts';
import { readCurrency, readDay, readTimezone, readWhole } from '../read-options.ts';
import { summarizeTraining } from '../summarize-training.ts';
import { trainCommandLine, type TrainOptions } from '../train-command-line.ts';
import { usageError } from '../usage-error.ts';

/** `tidewatch train`: orders in, a model directory out. */
export function addTrainVerb(program: Command, io: CliIo): void {
  program
    .command('train')
    .description('Train a retention model on past orders and write it as a model directory.')
    .requiredOption('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .requiredOption('--until <day>', 'first day that is not looked at, YYYY-MM-DD')
    .requiredOption('--out <dir>', 'model directory to write, such as models/retention/2')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--seeds <n>', 'nets that are trained and averaged', '3')
    .option('--epochs <n>', 'passes over the rows, at most', '12')
    .option('--seed <n>', 'seed of the first net', '1')
    .option('--backend <name>', `what computes: ${backendNames.join(' or ')}`, 'wasm')
    .option('--overwrite', 'replace what the directory holds', false)
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch train --orders orders.csv.gz --until 2026-01-01 --out models/retention/2',
    )
    .action((options: TrainOptions) => train(options, io));
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
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
    seeds: readWhole('--seeds', options.seeds, [1, 20]),
    seed: readWhole('--seed', options.seed, [0, 2 ** 31 - 1]),
    epochs: readWhole('--epochs', options.epochs, [1, 1000]),
    backend: readBackend(options.backend),
    progress: createTrainingProgress(io),
  };
}

function readBackend(name: string): BackendName {
  const known = backendNames.find((backend) => backend === name);
  if (known !== undefined) return known;
  throw usageError(`--backend "${name}" is unknown; known are ${backendNames.join(' and ')}.`);
}
