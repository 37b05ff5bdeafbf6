import { env } from 'node:process';
import { runs } from '../property-runs.ts';
import { runSchedule, type ScheduleResult } from './simulate.ts';
import { recordTally } from './record-tally.ts';
import { themes, type Theme } from './themes.ts';

/** Sampled count of one theme in a normal run; four themes make 200. */
const sampled = 50;
const shownSteps = 60;
const shownFailures = 3;
const largestSeed = 2 ** 31 - 1;

/**
 * Tries as many seeds of a theme as the run wants. The first one is the seed of the whole run, which vitest prints and
 * TEST_SEED repeats; SIM_SEED tries one schedule alone.
 * @param file the test's own file, for the command that repeats a failure
 * @throws Error with the differences, the last steps before them and how to repeat it
 */
export async function trySchedules(theme: Theme, file: string): Promise<void> {
  const only = env['SIM_SEED'];
  const first = Number(only ?? env['TEST_SEED'] ?? Date.now()) % largestSeed;
  const count = only === undefined ? runs(sampled) : 1;
  const results: ScheduleResult[] = [];
  const failures: string[] = [];
  for (let i = 0; i < count; i++) {
    const seed = (first + i) % largestSeed;
    const result = await runSchedule({ seed, rates: themes[theme] });
    results.push(result);
    if (result.differences.length === 0) continue;
    if (failures.length < shownFailures) failures.push(await explain(theme, seed, file));
  }
  await recordTally(theme, results);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

/** The same seed once more, with a line per step. */
async function explain(theme: Theme, seed: number, file: string): Promise<string> {
  const trace: string[] = [];
  const { differences } = await runSchedule({ seed, rates: themes[theme], trace });
  const steps = env['SIM_SEED'] === undefined ? trace.slice(-shownSteps) : trace;
  return [
    `seed ${seed} ends otherwise than an undisturbed run:`,
    ...differences.map((difference) => `- ${difference}`),
    `the last ${steps.length} of ${trace.length} steps:`,
    ...steps,
    `repeat with every step: SIM_SEED=${seed} npm test -- ${file}`,
  ].join('\n');
}
