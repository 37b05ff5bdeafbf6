import type { Command } from 'commander';
import { explainCustomer } from '../../models/backtest/explain-customer.ts';
import { explanationToJson } from '../../services/core/reasons/explanation-to-json.ts';
import { backendNames } from '../../services/platform/tensorflow/backend.ts';
import type { CliIo } from '../cli-io.ts';
import { describeExplanation } from '../describe-explanation.ts';
import { readBackend } from '../read-backend.ts';
import { readCurrency, readDay } from '../read-options.ts';
import { readOrderFile, type OrderFileOptions } from '../read-order-file.ts';
import { usageError } from '../usage-error.ts';

interface ExplainOptions extends OrderFileOptions {
  readonly customer: string;
  readonly cut: string;
  readonly model: string;
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
      '\nExample:\n  tidewatch explain --orders orders.csv.gz --customer 12346 --cut 2026-01-01 --model models/retention/3',
    )
    .action((options: ExplainOptions) => explain(options, io));
}

async function explain(options: ExplainOptions, io: CliIo): Promise<void> {
  const { customer } = options;
  const cut = readDay('--cut', options.cut);
  const currency = readCurrency('--currency', options.currency);
  const request = { customer, cut, currency, backend: readBackend(options.backend) };
  const language = readLanguage(options.lang);
  const orders = await readOrderFile(options, (text) => void io.stderr.write(`${text}\n`));
  const explanation = await explainCustomer(options.model, orders, request);
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
