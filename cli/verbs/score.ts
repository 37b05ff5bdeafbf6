import type { Command } from 'commander';
import { backendChoices } from '../read-backend.ts';
import type { CliIo } from '../cli-io.ts';
import { scoreOrderFile, type ScoreOrderFileOptions } from '../score-order-file.ts';
import { scoreTable, type ScoreTableOptions } from '../tables/score-table.ts';
import { usageError } from '../usage-error.ts';

/** What was typed: one of the two sources, and what belongs to it. */
type ScoreOptions = Omit<ScoreTableOptions, 'table'> &
  Omit<ScoreOrderFileOptions, 'orders'> & { readonly table?: string; readonly orders?: string };

/** `tidewatch score`: customers in, probabilities out. */
export function addScoreVerb(program: Command, io: CliIo): void {
  program
    .command('score')
    .description('Score customers with a trained model and write the probabilities as a CSV file.')
    .option('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .option('--table <file>', 'or a CSV file (.gz as well) with the columns a table model was trained on')
    .requiredOption('--model <dir>', 'model directory')
    .requiredOption('--out <file>', 'CSV file to write: the customer (or the number of the row) and p_churn')
    .option('--cut <day>', 'with --orders: first day that is not looked at (default: the day after the newest order)')
    .option('--customers <file>', 'with --orders: CSV file with the customers to score; without it all that were seen')
    .option('--map <fields>', 'with --orders: columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'with --orders: time zone of the business days', 'UTC')
    .option('--currency <code>', 'with --orders: currency of the amounts', 'GBP')
    .option('--reasons', 'with --orders: also write why those at risk are at risk')
    .option('--id <column>', "with --table: column that names the customer (default: the model's)")
    .option('--backend <name>', `what computes: ${backendChoices}`, 'wasm')
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch score --orders orders.csv.gz --model models/retention/3 --out scores.csv --reasons\n' +
        '  tidewatch score --table contracts.csv --model models/contracts/1 --out preds.csv',
    )
    .action((options: ScoreOptions) => scoreSource(options, io));
}

async function scoreSource({ table, orders, ...options }: ScoreOptions, io: CliIo): Promise<void> {
  if (table !== undefined && orders !== undefined) throw usageError('Give --orders or --table, not both.');
  if (table !== undefined) return scoreTable({ ...options, table }, io);
  if (orders !== undefined) return scoreOrderFile({ ...options, orders }, io);
  throw usageError('Name what to score: --orders FILE or --table FILE.');
}
