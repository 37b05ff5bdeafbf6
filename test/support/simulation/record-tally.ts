import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import type { ScheduleResult } from './simulate.ts';

/** Leaves the counts of many schedules for the summary of `npm run prove`, which names the directory. */
export async function recordTally(name: string, results: readonly ScheduleResult[]): Promise<void> {
  const directory = env['SIM_TALLY_DIR'];
  if (directory === undefined) return;
  const totals: Record<string, number> = {
    schedules: results.length,
    differences: results.filter(({ differences }) => differences.length > 0).length,
  };
  for (const { tally } of results) {
    for (const [what, count] of Object.entries(tally)) totals[what] = (totals[what] ?? 0) + count;
  }
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, `${name}.json`), JSON.stringify(totals));
}
