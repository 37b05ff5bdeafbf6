import type { Command } from 'commander';
import type { TrainRequest } from '../models/training/train-request.ts';
import type { CliIo } from './cli-io.ts';
import { createTrainingProgress } from './progress-bar.ts';
import { backendChoices, readBackend } from './read-backend.ts';
import { readCurrency, readTimezone, readWhole } from './read-options.ts';

/** Options of every command that trains nets on orders, as they were typed. */
export interface NetOptions {
  readonly timezone: string;
  readonly currency: string;
  readonly seeds: string;
  readonly epochs: string;
  readonly seed: string;
  readonly backend: string;
}

/** Adds them to a command. */
export function addNetOptions(command: Command, defaults: { readonly seeds: string }): Command {
  return command
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP')
    .option('--seeds <n>', 'nets that are trained and averaged', defaults.seeds)
    .option('--epochs <n>', 'passes over the rows, at most', '12')
    .option('--seed <n>', 'seed of the first net', '1')
    .option('--backend <name>', `what computes: ${backendChoices}`, 'wasm');
}

/** Checks them. */
export function readNetOptions(options: NetOptions, io: CliIo): Omit<TrainRequest, 'until' | 'horizonDays'> {
  return {
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
    seeds: readWhole('--seeds', options.seeds, [1, 20]),
    seed: readWhole('--seed', options.seed, [0, 2 ** 31 - 1]),
    epochs: readWhole('--epochs', options.epochs, [1, 1000]),
    backend: readBackend(options.backend),
    progress: createTrainingProgress(io),
  };
}
