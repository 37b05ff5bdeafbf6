import { basename } from 'node:path';
import type { Command } from 'commander';

/** Options of `train --table` as they were typed. */
export interface TrainTableOptions {
  readonly table: string;
  readonly target?: string;
  readonly out?: string;
  readonly id?: string;
  readonly positive?: string;
  readonly exclude: string;
  readonly folds: string;
  readonly foldBy: string;
  readonly seed: string;
  readonly backend: string;
  readonly overwrite: boolean;
}

/** Adds the options that `train` takes beside those it shares with orders. */
export function addTrainTableOptions(verb: Command): Command {
  return verb
    .option('--table <file>', 'instead of --orders: CSV file (.gz as well), one row per customer, outcome known')
    .option('--target <column>', 'with --table: the column that says who left')
    .option('--id <column>', 'with --table: the column that names the customer; never an input')
    .option('--positive <value>', 'with --table: the value of the target that means that the customer left')
    .option('--exclude <columns>', 'with --table: columns that are no inputs, parted by commas', '')
    .option(
      '--folds <n>',
      'with --table: measure on so many outer folds (0 or 2 to 20); --out may then be left out',
      '0',
    )
    .option('--fold-by <what>', 'with --table: what decides the outer fold, id or content (of the inputs)', 'content');
}

/** The command line that makes the same model again, with the places of table and model left to the reader. */
export function trainTableCommandLine(options: TrainTableOptions): string {
  const { table, target = '', out = 'DIR', id, positive, exclude, folds, foldBy, seed, backend } = options;
  const parts = [
    `npm run tidewatch -- train --table ${basename(table)} --target ${quote(target)} --out ${basename(out)}`,
    id === undefined ? '' : `--id ${quote(id)}`,
    positive === undefined ? '' : `--positive ${quote(positive)}`,
    exclude === '' ? '' : `--exclude ${quote(exclude)}`,
    folds === '0' ? '' : `--folds ${folds} --fold-by ${foldBy}`,
    `--seed ${seed} --backend ${backend}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function quote(text: string): string {
  return /^[\w.,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
