import { parseArgs } from 'node:util';

export const alertsParts = ['decisions', 'task-page', 'clocks'] as const;
export type AlertsPart = (typeof alertsParts)[number];

export interface AlertsBenchOptions {
  readonly parts: readonly AlertsPart[];
  /** Decisions: scores per round, and of how many customers. */
  readonly scores: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
  /** Page of tasks and clocks: open tasks in the store; pages read per round. */
  readonly tasks: number;
  readonly pages: number;
  /** Where the profile of alerts under full load is left; null for none. */
  readonly profileTo: string | null;
}

const numbers = {
  scores: 150_000, customers: 25_000, partitions: 12, rounds: 5, tasks: 100_000, pages: 1_000,
} as const; // prettier-ignore

/**
 * `--part decisions` (may be repeated), `--scores 150000` and so on; what is absent is as the figures are asked for.
 * @throws RangeError naming the flag that is not valid
 */
export function parseAlertsBenchOptions(args: readonly string[]): AlertsBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: 'string', multiple: true },
      'profile-to': { type: 'string' },
      ...Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given = values as Record<string, string | undefined>;
  const number = (name: keyof typeof numbers): number => toNumber(name, given[name] ?? String(numbers[name]));
  return {
    parts: toParts(values.part),
    scores: number('scores'),
    customers: number('customers'),
    partitions: number('partitions'),
    rounds: number('rounds'),
    tasks: number('tasks'),
    pages: number('pages'),
    profileTo: given['profile-to'] ?? null,
  };
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a whole number above 0, not "${text}"`);
}

function toParts(given: readonly string[] | undefined): readonly AlertsPart[] {
  if (given === undefined) return alertsParts;
  const unknown = given.find((part) => !(alertsParts as readonly string[]).includes(part));
  if (unknown !== undefined) throw new RangeError(`--part must be one of ${alertsParts.join(', ')}, not "${unknown}"`);
  return alertsParts.filter((part) => given.includes(part));
}
