import { parseArgs } from 'node:util';

export interface TelemetryBenchOptions {
  /** All of them are sent at least one event, a share in each round. */
  readonly customers: number;
  readonly partitions: number;
  /** Pairs of an idle phase and a loaded one. */
  readonly rounds: number;
  /** Length of an idle phase. */
  readonly idleSeconds: number;
  /** Events are sent for so long at least, and until the customers of the round are through. */
  readonly loadSeconds: number;
  /** Scrapes per second of each service, in both phases. */
  readonly pace: number;
}

const numbers = {
  customers: 100_000,
  partitions: 12,
  rounds: 6,
  'idle-seconds': 15,
  'load-seconds': 5,
  pace: 10,
} as const;

/**
 * `--customers 100000` and so on; what is absent is as the figures are asked for.
 * @throws RangeError naming the flag that is not valid
 */
export function parseTelemetryBenchOptions(args: readonly string[]): TelemetryBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'string' as const }])),
  });
  const number = (name: keyof typeof numbers): number => toNumber(name, values[name] ?? String(numbers[name]));
  return {
    customers: number('customers'),
    partitions: number('partitions'),
    rounds: number('rounds'),
    idleSeconds: number('idle-seconds'),
    loadSeconds: number('load-seconds'),
    pace: number('pace'),
  };
}

function toNumber(name: string, text: string | boolean | (string | boolean)[]): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a whole number above 0, not "${String(text)}"`);
}
