import type { Command } from 'commander';
import { explainCustomer } from '../../models/backtest/explain-customer.ts';
import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import { explanationToJson } from '../../services/core/reasons/explanation-to-json.ts';
import type { CliIo } from '../cli-io.ts';
import { describeExplanation } from '../describe-explanation.ts';
import { explainStoredScore, type StoredScoreOptions } from '../explain/explain-stored-score.ts';
import { backendChoices, readBackend } from '../read-backend.ts';
import { readCurrency, readDay } from '../read-options.ts';
import { readOrderFile, type OrderFileOptions } from '../read-order-file.ts';
import { usageError } from '../usage-error.ts';

interface ShownOptions {
  readonly backend: string;
  readonly lang: string;
  readonly json?: true;
}

interface ExplainOptions extends OrderFileOptions, ShownOptions {
  readonly customer: string;
  readonly cut: string;
  readonly model: string;
}

/** What was typed: a customer of a file, or a score of the running system. */
type AnyOptions = Partial<ExplainOptions> &
  Omit<StoredScoreOptions, 'score'> &
  ShownOptions & { readonly score?: string };

/** `tidewatch explain`: why a model says of a customer what it says. */
export function addExplainVerb(program: Command, io: CliIo): void {
  program
    .command('explain')
    .description('Say why a model takes a customer for at risk, and what would lower the risk.')
    .option('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .option('--customer <id>', 'with --orders: customer id as in the orders')
    .option('--cut <day>', 'with --orders: first day that is not looked at, YYYY-MM-DD')
    .option('--score <id>', 'instead of --orders: id of a score on the topics of the running system')
    .option('--tenant <id>', 'with --score: its tenant, where the installation has several')
    .option('--directory <dir>', 'with --score: directory of the local `npm start`', '.tidewatch')
    .option('--model <dir>', 'model directory (with --score: the one that made it, where it lies elsewhere)')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--lang <language>', 'language of the text: en or zh-CN', 'en')
    .option('--json', 'print JSON, in both languages, with what every reason contributes')
    .option('--backend <name>', `what computes: ${backendChoices}`, 'wasm')
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch explain --orders orders.csv.gz --customer 12346 --cut 2026-01-01 --model models/retention/3\n' +
        '  tidewatch explain --score 5f1c…',
    )
    .action((options: AnyOptions) => explainSource(options, io));
}

async function explainSource(options: AnyOptions, io: CliIo): Promise<void> {
  const { score, orders, customer, cut, model } = options;
  if (score !== undefined && orders !== undefined) throw usageError('Give --orders or --score, not both.');
  if (score !== undefined) return explainScore({ ...options, score }, io);
  if (orders === undefined) throw usageError('Name what to explain: --orders FILE with --customer, or --score ID.');
  if (customer === undefined || cut === undefined || model === undefined)
    throw usageError('--orders needs --customer ID, --cut YYYY-MM-DD and --model DIR.');
  return explain({ ...options, orders, customer, cut, model } as ExplainOptions, io);
}

async function explainScore(options: StoredScoreOptions & ShownOptions, io: CliIo): Promise<void> {
  const language = readLanguage(options.lang);
  const { score, explanation } = await explainStoredScore(options, io);
  const { scoreId, modelVersion, asOf, surrogate } = score;
  const customerId = `~${surrogate}`;
  const named = { scoreId, customerId, asOf: isoFromEpochDay(asOf), modelVersion };
  io.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ...named, ...explanationToJson(explanation) }, null, 2)}\n`
      : describeExplanation(score.customerRef ?? customerId, explanation, language),
  );
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
