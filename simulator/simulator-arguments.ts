import { Command, InvalidArgumentError } from 'commander';

export interface SimulatorArguments {
  readonly ingest: string;
  readonly seed: number;
  readonly customers: number;
  /** Live events per second. */
  readonly rate: number;
  readonly historyDays: number;
  /** ISO 8601; the moment between past and live, now when absent. */
  readonly reference: string | undefined;
  readonly currency: string;
  /** Where the hidden truth goes, one JSON line per customer. */
  readonly truth: string;
  /** Where the final counts go. */
  readonly summary: string | undefined;
  /** JSON object source -> write key; the TIDEWATCH_WRITE_KEYS variable holds the same. */
  readonly writeKeys: string | undefined;
}

/** The simulator's command line. Commander ends the process itself on --help and on wrong usage (exit code 2). */
export function createSimulatorCommand(run: (options: SimulatorArguments) => Promise<void>): Command {
  return new Command('simulator')
    .description('A demo business: customers with hidden, known behaviour, sent through the Segment client.')
    .requiredOption('--ingest <url>', 'address of the ingest service')
    .option('--seed <n>', 'same seed and reference, same events', wholeNumber(0), 7)
    .option('--customers <n>', 'number of customers', wholeNumber(1), 400)
    .option('--rate <n>', 'live events per second', positiveNumber, 20)
    .option('--history-days <n>', 'days of history imported first', wholeNumber(1), 400)
    .option('--reference <time>', 'moment between past and live, ISO 8601 (default: now)', isoTime)
    .option('--currency <code>', 'currency of the prices', 'GBP')
    .option('--truth <file>', 'where the hidden truth is written', '.tidewatch/simulator/truth.jsonl')
    .option('--summary <file>', 'where the final counts are written')
    .option('--write-keys <file>', 'JSON file {source: write key} (default: TIDEWATCH_WRITE_KEYS, the same as JSON)')
    .allowExcessArguments(false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(run);
}

/** Accepts whole numbers from `lowest` on. */
export function wholeNumber(lowest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= lowest) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${lowest}.`);
  };
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}

function isoTime(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && Number.isFinite(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a time like 2026-05-01T09:00:00Z.');
}
