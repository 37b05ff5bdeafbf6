import type { Command } from 'commander';
import { backtestOrders } from '../../models/backtest/backtest-orders.ts';
import { compareWithClosedForm } from '../../models/backtest/compare-with-closed-form.ts';
import type { CustomerPrediction } from '../../models/backtest/customer-prediction.ts';
import { predictWithModel } from '../../models/backtest/predict-with-model.ts';
import { valueCustomers } from '../../models/backtest/value-customers.ts';
import { readCustomers } from '../../models/backtest/read-customers.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import { parseColumnMap } from '../../models/training/column-map.ts';
import type { TrainRequest } from '../../models/training/train-request.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { ValueSettings } from '../../services/core/value/value-settings.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { describeComparison } from '../backtest/describe-comparison.ts';
import { writePredictions } from '../backtest/write-predictions.ts';
import type { CliIo } from '../cli-io.ts';
import { addNetOptions, readNetOptions, type NetOptions } from '../net-options.ts';
import { usageError } from '../usage-error.ts';
import { readDay, readWhole } from '../read-options.ts';
import { readOrderFile, type OrderFileOptions } from '../read-order-file.ts';

interface BacktestOptions extends OrderFileOptions, NetOptions {
  readonly cut: string;
  readonly horizon: string;
  readonly out: string;
  readonly customers?: string;
  readonly model?: string;
  readonly clv?: true;
  readonly segments?: string;
  readonly tenant?: string;
  readonly compare: boolean;
}

/** `tidewatch backtest`: what would have been predicted on a past day, from the orders before it alone. */
export function addBacktestVerb(program: Command, io: CliIo): void {
  const verb = program
    .command('backtest')
    .description('Predict what customers do after a past day, from the orders before it alone.')
    .requiredOption('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .requiredOption('--cut <day>', 'first day that is not looked at, YYYY-MM-DD')
    .requiredOption('--horizon <days>', 'days after the cut to predict')
    .requiredOption('--out <file>', 'CSV file to write')
    .option('--customers <file>', 'CSV file with the customers to predict; without it all that were seen')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--model <dir>', 'model to predict with, instead of training on the orders')
    .option('--compare', 'measure by the orders after the cut, next to a BG/NBD fitted on those before it', false);
  verb
    .option('--clv', 'three more columns: lifetime value and its interval, clv_mean, clv_low, clv_high')
    .option(
      '--segments <file>',
      'configuration that says how value is counted (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)',
    )
    .option('--tenant <id>', 'tenant whose settings in it are used (default: those of the file)');
  addNetOptions(verb, { seeds: '5' })
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch backtest --orders orders.csv.gz --cut 2026-01-01 --horizon 90 --out preds.csv',
    )
    .action((options: BacktestOptions) => backtest(options, io));
}

async function backtest(options: BacktestOptions, io: CliIo): Promise<void> {
  const request = readRequest(options, io);
  const { customer_id: idColumn } = parseColumnMap(options.map);
  const { progress, until } = request;
  const wanted = options.customers === undefined ? null : await readCustomers(options.customers, idColumn);
  const orders = await readOrderFile(options, (text) => progress.say(text));
  const later = orders.filter(({ day }) => day >= until).length;
  if (later > 0) progress.say(`Left out ${later} orders from ${options.cut} on`);
  const settings = options.clv === undefined ? null : await readValueSettings(options, request, io);
  const result =
    options.model === undefined
      ? await backtestOrders(orders, request, wanted)
      : await predictWithModel(options.model, orders, request, wanted);
  const { predictions } = result;
  refuseUnusable(predictions);
  await writePredictions(options.out, predictions, settings && valueCustomers(orders, result, settings, request));
  io.stdout.write(`${predictions.length} customers predicted into ${options.out}\n`);
  if (options.compare) io.stdout.write(describeComparison(compareWithClosedForm(predictions, orders, request)));
}

async function readValueSettings(
  { segments, tenant = '' }: BacktestOptions,
  { horizonDays }: TrainRequest,
  io: CliIo,
): Promise<ValueSettings> {
  const plan = await readSegments(segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null, featureNames);
  const settings = plan.settingsOf(tenant).value;
  if (settings.horizonDays >= horizonDays) return settings;
  throw usageError(
    `--horizon ${horizonDays} looks further ahead than lifetime value, which the configuration counts over ` +
      `${settings.horizonDays} days; leave out --clv or raise value.horizon_days.`,
  );
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
    ...readNetOptions(options, io),
  };
}
