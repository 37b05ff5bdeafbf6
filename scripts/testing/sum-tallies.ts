import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Counts by what they count. */
export type Tally = Readonly<Record<string, number>>;

/** Adds up the tallies that tests left in a directory as JSON files; empty when there are none. */
export async function sumTallies(directory: string): Promise<Tally> {
  const totals: Record<string, number> = {};
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const tally = JSON.parse(await readFile(join(directory, name), 'utf8')) as Tally;
    for (const [what, count] of Object.entries(tally)) totals[what] = (totals[what] ?? 0) + count;
  }
  return totals;
}

/** The line that sums the simulated schedules up. */
export function describeTally(tally: Tally): string {
  const count = (what: string): number => tally[what] ?? 0;
  return (
    `schedules run: ${count('schedules')}, kills: ${count('kills')}, rebalances: ${count('rebalances')}, ` +
    `zombies: ${count('zombies')}, failovers: ${count('failovers')}, reconnects: ${count('reconnects')}, ` +
    `failed calls: ${count('failedCalls')}, steps: ${count('steps')}, differences: ${count('differences')}`
  );
}
