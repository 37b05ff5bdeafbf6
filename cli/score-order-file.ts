import { readCustomers } from '../models/backtest/read-customers.ts';
import { scoreOrders, type CustomerScore } from '../models/backtest/score-orders.ts';
import { parseColumnMap } from '../models/training/column-map.ts';
import { dataFileError } from '../models/training/data-file-error.ts';
import type { Order } from '../models/training/order.ts';
import { isoFromEpochDay } from '../services/core/events/epoch-day.ts';
import type { EpochDay } from '../services/core/units.ts';
import type { CliIo } from './cli-io.ts';
import { csvLine } from './csv-line.ts';
import { readBackend } from './read-backend.ts';
import { readCurrency, readDay } from './read-options.ts';
import { readOrderFile, type OrderFileOptions } from './read-order-file.ts';
import { writeOutFile } from './write-out-file.ts';

/** Options of `score --orders` as they were typed. */
export interface ScoreOrderFileOptions extends OrderFileOptions {
  readonly model: string;
  readonly out: string;
  readonly cut?: string;
  readonly customers?: string;
  readonly reasons?: true;
  readonly backend: string;
}

const columns = [
  'customer_id', 'p_churn', 'p_active', 'exp_spend', 'exp_spend_median', 'exp_n', 'p_churn_30', 'p_churn_60', 'level',
] as const; // prettier-ignore

/** `tidewatch score --orders`: the customers of a file of orders as they stand now. */
export async function scoreOrderFile(options: ScoreOrderFileOptions, io: CliIo): Promise<void> {
  const given = options.cut === undefined ? null : readDay('--cut', options.cut);
  const currency = readCurrency('--currency', options.currency);
  const backend = readBackend(options.backend);
  const { customer_id: idColumn } = parseColumnMap(options.map);
  const wanted = options.customers === undefined ? null : await readCustomers(options.customers, idColumn);
  const orders = await readOrderFile(options, (text) => void io.stderr.write(`${text}\n`));
  const cut = given ?? dayAfter(orders, options.orders);
  const wantsReasons = options.reasons === true;
  const scores = await scoreOrders(options.model, orders, { cut, currency, backend, wantsReasons }, wanted);
  const header = csvLine([...columns, ...(wantsReasons ? ['reasons', 'reasons_zh'] : [])]);
  await writeOutFile(options.out, [header, ...scores.map(toLine)].join(''));
  io.stdout.write(`${scores.length} customers scored as of ${isoFromEpochDay(cut)} into ${options.out}\n`);
}

/** The first day after the newest order: the file is taken for complete up to then. */
function dayAfter(orders: readonly Order[], file: string): EpochDay {
  const newest = orders.reduce((latest, { day }) => Math.max(latest, day), -Infinity);
  if (Number.isFinite(newest)) return newest + 1;
  throw dataFileError(`${file} holds no readable order; give a CSV file with a header and rows.`);
}

function toLine(score: CustomerScore): string {
  const { customer, churn, spendMean, spendMedian, purchaseDays, churn30, churn60, level, reasons } = score;
  const figures = [churn, 1 - churn, spendMean, spendMedian, purchaseDays, churn30, churn60].map(String);
  const texts = reasons === null ? [] : [reasons.map(({ en }) => en).join(' '), reasons.map(({ zhCN }) => zhCN).join('')];
  return csvLine([customer, ...figures, level, ...texts]);
} // prettier-ignore
