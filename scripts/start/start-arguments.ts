import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EngineError } from '../../services/core/errors.ts';

/** What `npm start --` was asked for. */
export interface StartArguments {
  /** `external`, `local`, `docker` or `embedded`; chosen by what the machine has when absent. */
  readonly stack: string | undefined;
  readonly simulator: boolean;
  /** Folder with real orders to replay instead of simulating. */
  readonly data: string | undefined;
  readonly keepRunning: boolean;
  /** Stops by itself so many minutes after everything is ready. */
  readonly minutes: number | undefined;
  readonly seed: number;
  /** Live events per second of the simulator. */
  readonly rate: number;
  /** Holds installation, logs, run.json and report.json. */
  readonly directory: string;
}

/** Either what to run, or the text that `--help` asked for. */
export type ParsedArguments = { readonly run: StartArguments } | { readonly help: string };

const description =
  'Brings up the stack, the three services and the demo business; Ctrl-C drains and stops everything again.';

/** Reads the command line; anything that is not a flag of ours is ERR_USAGE. */
export function parseStartArguments(argv: readonly string[]): ParsedArguments {
  const printed: string[] = [];
  const command = createCommand(printed);
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help: printed.join('') };
    const message = `${error.message.replace(/^error: /, '')}\nnpm start -- --help shows the flags.`;
    throw new EngineError('ERR_USAGE', message, { retryable: false });
  }
  return { run: checkTogether(command.opts<StartArguments>()) };
}

function createCommand(printed: string[]): Command {
  return new Command('npm start --')
    .description(description)
    .option('--stack <mode>', 'external, local, docker or embedded (default: the first that can be had)')
    .option('--no-simulator', 'no demo business: events are yours to send')
    .option('--data <dir>', 'replay real orders (orders_*.csv.gz), check the features, report and end')
    .option('--keep-running', 'stay after the replay until Ctrl-C', false)
    .option('--minutes <n>', 'stop by itself after so many minutes', positiveNumber)
    .option('--seed <n>', 'seed of the demo business', wholeNumber, 7)
    .option('--rate <n>', 'live events per second of the demo business', positiveNumber, 20)
    .option('--directory <dir>', 'where installation, logs, run.json and report.json lie', '.tidewatch')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => undefined });
}

function checkTogether(options: StartArguments): StartArguments {
  if (options.keepRunning && options.data === undefined) {
    const message = '--keep-running belongs to --data: without it nothing ends by itself.';
    throw new EngineError('ERR_USAGE', message, { retryable: false });
  }
  return options;
}

/** Three weeks in minutes: longer timers wrap round. */
const highest = 30_000;

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= highest) return value;
  throw new InvalidArgumentError(`It must be a number above 0, at most ${highest}.`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
