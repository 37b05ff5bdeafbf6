import type { Command } from 'commander';
import { backendChoices } from '../read-backend.ts';
import type { CliIo } from '../cli-io.ts';
import { scoreTable, type ScoreTableOptions } from '../tables/score-table.ts';
import { usageError } from '../usage-error.ts';

type ScoreOptions = Omit<ScoreTableOptions, 'table'> & Partial<Pick<ScoreTableOptions, 'table'>>;

/** `tidewatch score`: customers in, probabilities out. */
export function addScoreVerb(program: Command, io: CliIo): void {
  program
    .command('score')
    .description('Score customers with a trained model and write the probabilities as a CSV file.')
    .option('--table <file>', 'CSV file (.gz as well) with the columns a table model was trained on')
    .requiredOption('--model <dir>', 'model directory')
    .requiredOption('--out <file>', 'CSV file to write: the id (or the number of the row) and p_churn')
    .option('--id <column>', "column that names the customer (default: the model's)")
    .option('--backend <name>', `what computes: ${backendChoices}`, 'wasm')
    .addHelpText(
      'after',
      '\nExample:\n  tidewatch score --table contracts.csv --model models/contracts/1 --out preds.csv',
    )
    .action(async ({ table, ...options }: ScoreOptions) => {
      if (table === undefined) throw usageError('Name the table to score: --table FILE.');
      await scoreTable({ ...options, table }, io);
    });
}
