import type { Command } from 'commander';
import { explainCustomer } from '../../models/backtest/explain-customer.ts';
import { parseColumnMap } from '../../models/training/column-map.ts';
import { readOrders } from '../../models/training/read-orders.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { explanationToJson } from '../../services/core/reasons/explanation-to-json.ts';
import { backendNames } from '../../services/platform/tensorflow/backend.ts';
import type { CliIo } from '../cli-io.ts';
import { describeExplanation } from '../describe-explanation.ts';
import { createTrainingProgress } from '../progress-bar.ts';
import { readBackend } from '../read-backend.ts';
import { readCurrency, readDay, readTimezone } from '../read-options.ts';
import { usageError } from '../usage-error.ts';

interface ExplainOptions {
  readonly orders: string;
  readonly customer: string;
  readonly cut: string;
  readonly model: string;
  readonly map: string;
  readonly timezone: string;
  readonly currency: string;
  readonly backend: string;
  readonly lang: string;
  readonly json?: true;
}

/** `tidewatch explain`: why a model says of a customer what it says. */
export function addExplainVerb(program: Command, io: CliIo): void {
  program
    .command('explain')
    .description('Say why a model takes a customer for at risk, and what would lower the risk.')
    .requiredOption('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .requiredOption('--customer <id>', 'customer id as in the orders')
    .requiredOption('--cut <day>', 'first day that is not looked at, YYYY-MM-DD')
    .requiredOption('--model <dir>', 'model directory')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--lang <language>', 'language of the text: en or zh-CN', 'en')
    .option('--json', 'print JSON, in both languages, with what every reason contributes')
    .option('--backend <name>', `what computes: ${backendNames.join(' or ')}`, 'wasm')
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch explain --orders orders.csv.gz --customer 12346 --cut 2026-01-01 --model models/retention/2',
    )
    .action((options: ExplainOptions) => explain(options, io));
}

async function explain(options: ExplainOptions, io: CliIo): Promise<void> {
  const { customer } = options;
  const cut = readDay('--cut', options.cut);
  const currency = readCurrency('--currency', options.currency);
  const request = { customer, cut, currency, backend: readBackend(options.backend) };
  const calendar = createBusinessCalendar(readTimezone('--timezone', options.timezone));
  const columns = parseColumnMap(options.map);
  const language = readLanguage(options.lang);
  const progress = createTrainingProgress(io);
  progress.say(`Reading ${options.orders}`);
  const read = await readOrders(options.orders, { columns, calendar, exponent: currencyExponent(currency) ?? 2 });
  if (read.skipped > 0) progress.say(`Left out ${read.skipped} unreadable rows, the first being ${read.firstProblem}`);
  const explanation = await explainCustomer(options.model, read.orders, request);
  const json = { customer, asOf: options.cut, ...explanationToJson(explanation) };
  io.stdout.write(
    options.json === true ? `${JSON.stringify(json, null, 2)}\n` : describeExplanation(customer, explanation, language),
  );
}

function readLanguage(text: string): 'en' | 'zhCN' {
  if (text === 'en') return 'en';
  if (text === 'zh-CN') return 'zhCN';
  throw usageError(`--lang ${text} is not known; give en or zh-CN.`);
}
