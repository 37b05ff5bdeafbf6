import type { Command } from 'commander';
import { backtestOrders } from '../../models/backtest/backtest-orders.ts';
import type { CustomerPrediction } from '../../models/backtest/customer-prediction.ts';
import { predictWithModel } from '../../models/backtest/predict-with-model.ts';
import { readCustomers } from '../../models/backtest/read-customers.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import { parseColumnMap } from '../../models/training/column-map.ts';
import { readOrders } from '../../models/training/read-orders.ts';
import type { TrainRequest } from '../../models/training/train-request.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { backendNames } from '../../services/platform/tensorflow/backend.ts';
import { writePredictions } from '../backtest/write-predictions.ts';
import type { CliIo } from '../cli-io.ts';
import { createTrainingProgress } from '../progress-bar.ts';
import { readBackend } from '../read-backend.ts';
import { readCurrency, readDay, readTimezone, readWhole } from '../read-options.ts';

interface BacktestOptions {
  readonly orders: string;
  readonly cut: string;
  readonly horizon: string;
  readonly out: string;
  readonly customers?: string;
  readonly map: string;
  readonly model?: string;
  readonly timezone: string;
  readonly currency: string;
  readonly seeds: string;
  readonly epochs: string;
  readonly seed: string;
  readonly backend: string;
}

/** `tidewatch backtest`: what would have been predicted on a past day, from the orders before it alone. */
export function addBacktestVerb(program: Command, io: CliIo): void {
  program
    .command('backtest')
    .description('Predict what customers do after a past day, from the orders before it alone.')
    .requiredOption('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .requiredOption('--cut <day>', 'first day that is not looked at, YYYY-MM-DD')
    .requiredOption('--horizon <days>', 'days after the cut to predict')
    .requiredOption('--out <file>', 'CSV file to write')
    .option('--customers <file>', 'CSV file with the customers to predict; without it all that were seen')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--model <dir>', 'model to predict with, instead of training on the orders')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--seeds <n>', 'nets that are trained and averaged', '5')
    .option('--epochs <n>', 'passes over the rows, at most', '12')
    .option('--seed <n>', 'seed of the first net', '1')
    .option('--backend <name>', `what computes: ${backendNames.join(' or ')}`, 'wasm')
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch backtest --orders orders.csv.gz --cut 2026-01-01 --horizon 90 --out preds.csv',
    )
    .action((options: BacktestOptions) => backtest(options, io));
}

async function backtest(options: BacktestOptions, io: CliIo): Promise<void> {
  const request = readRequest(options, io);
  const columns = parseColumnMap(options.map);
  const { progress, timezone, currency, until } = request;
  const wanted = options.customers === undefined ? null : await readCustomers(options.customers, columns.customer_id);
  progress.say(`Reading ${options.orders}`);
  const { orders, skipped, firstProblem } = await readOrders(options.orders, {
    columns,
    calendar: createBusinessCalendar(timezone),
    exponent: currencyExponent(currency) ?? 2,
  });
  if (skipped > 0) progress.say(`Left out ${skipped} unreadable rows, the first being ${firstProblem}`);
  const later = orders.filter(({ day }) => day >= until).length;
  if (later > 0) progress.say(`Left out ${later} orders from ${options.cut} on`);
  const predictions =
    options.model === undefined
      ? await backtestOrders(orders, request, wanted)
      : await predictWithModel(options.model, orders, request, wanted);
  refuseUnusable(predictions);
  await writePredictions(options.out, predictions);
  io.stdout.write(`${predictions.length} customers predicted into ${options.out}\n`);
}

/** A row that is not a number must not reach a file that others compute with. */
function refuseUnusable(predictions: readonly CustomerPrediction[]): void {
  const broken = predictions.find(({ customer: _id, ...figures }) => !Object.values(figures).every(Number.isFinite));
  if (broken === undefined) return;
  throw dataFileError(
    'A prediction is not a finite number; look for absurd amounts or dates in the orders, and report it if there are none.',
  );
}

function readRequest(options: BacktestOptions, io: CliIo): TrainRequest {
  return {
    until: readDay('--cut', options.cut),
    horizonDays: readWhole('--horizon', options.horizon, [1, 3650]),
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
    seeds: readWhole('--seeds', options.seeds, [1, 20]),
    seed: readWhole('--seed', options.seed, [0, 2 ** 31 - 1]),
    epochs: readWhole('--epochs', options.epochs, [1, 1000]),
    backend: readBackend(options.backend),
    progress: createTrainingProgress(io),
  };
}
