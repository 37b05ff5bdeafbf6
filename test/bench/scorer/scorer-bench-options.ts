import { parseArgs } from 'node:util';

export const scorerParts = ['throughput', 'latency', 'safety', 'soak', 'growth', 'kpi-facts'] as const;
export type ScorerPart = (typeof scorerParts)[number];

export interface ScorerBenchOptions {
  readonly parts: readonly ScorerPart[];
  /** Throughput: events per round. */
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
  /** Crash safety and facts: pairs of runs, and events per run. */
  readonly pairs: number;
  readonly pairEvents: number;
  /** Facts: what the events are. */
  readonly factsOf: 'visits' | 'orders';
  /** Latency: measured seconds per round. */
  readonly latencySeconds: number;
  /** Latency of one customer and of the read API: operations per round. */
  readonly operations: number;
  readonly soakMinutes: number;
  /** Events per second; half of what the scorer does when absent. */
  readonly soakRate: number | null;
  /** Growth: customers of each step. */
  readonly sizes: readonly number[];
  /** Growth: events per step. */
  readonly growthEvents: number;
}

/** All but those that take long. */
const usualParts: readonly ScorerPart[] = ['throughput', 'latency', 'safety'];

const numbers = {
  events: 300_000,
  customers: 50_000,
  partitions: 12,
  rounds: 3,
  pairs: 10,
  'pair-events': 150_000,
  'latency-seconds': 20,
  operations: 5_000,
  'soak-minutes': 30,
  'growth-events': 150_000,
} as const;

const usualSizes = [10_000, 100_000, 1_000_000];

/**
 * `--part throughput` (may be repeated), `--events 300000` and so on; what is absent is as the figures are asked for.
 * @throws RangeError naming the flag that is not valid
 */
export function parseScorerBenchOptions(args: readonly string[]): ScorerBenchOptions {
  const names = [...Object.keys(numbers), 'soak-rate', 'sizes', 'facts-of'];
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: 'string', multiple: true },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given = values as Record<string, string | string[] | undefined>;
  const number = (name: keyof typeof numbers): number =>
    given[name] === undefined ? numbers[name] : toNumber(name, String(given[name]));
  const soakRate = given['soak-rate'];
  const sizes = given['sizes'];
  return {
    parts: toParts(values.part),
    events: number('events'),
    customers: number('customers'),
    partitions: number('partitions'),
    rounds: number('rounds'),
    pairs: number('pairs'),
    pairEvents: number('pair-events'),
    factsOf: toMix(given['facts-of']),
    latencySeconds: number('latency-seconds'),
    operations: number('operations'),
    soakMinutes: number('soak-minutes'),
    soakRate: soakRate === undefined ? null : toNumber('soak-rate', String(soakRate)),
    sizes:
      sizes === undefined
        ? usualSizes
        : String(sizes)
            .split(',')
            .map((size) => toNumber('sizes', size)),
    growthEvents: number('growth-events'),
  };
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a number above 0, not "${text}"`);
}

function toParts(given: readonly string[] | undefined): readonly ScorerPart[] {
  if (given === undefined) return usualParts;
  const unknown = given.find((part) => !(scorerParts as readonly string[]).includes(part));
  if (unknown !== undefined) throw new RangeError(`--part must be one of ${scorerParts.join(', ')}, not "${unknown}"`);
  return scorerParts.filter((part) => given.includes(part));
}

function toMix(given: string | string[] | undefined): ScorerBenchOptions['factsOf'] {
  if (given === undefined || given === 'visits' || given === 'orders') return given ?? 'visits';
  throw new RangeError(`--facts-of must be visits or orders, not "${String(given)}"`);
}
