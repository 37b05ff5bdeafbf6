import type { Command } from 'commander';
import { parseDesign } from '../../models/policy/design-shares.ts';
import type { ExperimentColumns } from '../../models/policy/experiment-columns.ts';
import { usageError } from '../usage-error.ts';

/** Options of every verb that reads the log of an experiment, as typed. */
export interface ExperimentOptions {
  readonly log: string;
  readonly id?: string;
  readonly arm: string;
  readonly reward: string;
  readonly propensity?: string;
  readonly design?: string;
}

/** Adds them to a verb. */
export function addExperimentOptions(command: Command): Command {
  return command
    .requiredOption('--log <file>', 'CSV file (.gz as well) with a header: one row per customer and action')
    .option('--id <column>', 'column of the customer (default: each row is a customer of its own)')
    .option('--arm <column>', 'column of the action taken', 'arm')
    .option('--reward <column>', 'column of what came of it, more is better', 'reward')
    .option('--propensity <column>', 'column with the probability that the action had')
    .option('--design <shares>', 'or, where chance drew alike for all: ARM=SHARE,ARM=SHARE, such as Mail=1/3,None=2/3');
}

/** @throws ERR_USAGE unless the propensities are given in exactly one way */
export function experimentColumns(options: ExperimentOptions, context: readonly string[]): ExperimentColumns {
  const { id = null, arm, reward, propensity, design } = options;
  if (propensity !== undefined && design !== undefined)
    throw usageError('--propensity and --design both say how likely the actions were; give one of them.');
  if (propensity !== undefined) return { id, arm, reward, context, propensity };
  if (design !== undefined) return { id, arm, reward, context, propensity: parseDesign(design) };
  throw usageError(
    'It is not said how likely each action was, and it is not guessed from the log: give --propensity COLUMN, or --design ARM=SHARE,… of the experiment.',
  );
}

/** Names parted by commas. */
export function readNames(option: string, text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw usageError(`${option} "${text}" has an empty name; write COLUMN,COLUMN.`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw usageError(`${option} names "${twice}" twice; name each column once.`);
  return names;
}
