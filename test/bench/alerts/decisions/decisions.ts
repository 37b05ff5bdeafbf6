import { atLeast, median, noted, rounded } from '../../bench-report.ts';
import type { PartContext, PartResult } from '../../scorer/part-result.ts';
import { openBenchWorld } from '../../world/bench-world.ts';
import type { AlertsBenchOptions } from '../alerts-bench-options.ts';
import { benchScores } from '../bench-scores.ts';
import { runBareSet } from './bare-set.ts';
import { type AlertsRun, runAlerts } from './run-alerts.ts';

const bar = 0.5;

/**
 * Alerts as their own process, from scores on the topic to stored and published decisions, against a bare client that
 * sets each score in Redis as it comes. Both read the same topic; rounds alternate.
 */
export async function benchDecisions(options: AlertsBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const { scores, customers, partitions, profileTo } = options;
  const world = await openBenchWorld(stack, partitions);
  try {
    say(`producing ${scores} scores of ${customers} customers`);
    await world.publishScores(benchScores(scores, customers));
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number++) {
      const bare = await runBareSet(world, world.newTwin(), scores);
      const ours = await runAlerts(world.alertsEnv(world.newTwin()), scores);
      rounds.push({ bare, ours });
      say(`round ${number}: bare ${describe(bare)}, alerts ${describe(ours)}`);
    }
    if (profileTo !== null) {
      const profiling = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileTo}` };
      const profiled = await runAlerts({ ...world.alertsEnv(world.newTwin()), ...profiling }, scores);
      say(`profiled: ${describe(profiled)}, the profile is in ${profileTo}`);
    }
    return toResult(options, rounds);
  } finally {
    await world.close();
  }
}

interface Round {
  readonly bare: AlertsRun;
  readonly ours: AlertsRun;
}

function describe({ rate, cpuMicros }: AlertsRun): string {
  return `${Math.round(rate)}/s with ${Math.round(cpuMicros)} us of processor each`;
}

function toResult({ scores, customers, partitions }: AlertsBenchOptions, rounds: readonly Round[]): PartResult {
  const medianOf = (of: (round: Round) => number): number => median(rounds.map(of));
  return {
    figures: [
      { name: 'bare-consume-set', value: Math.round(medianOf(({ bare }) => bare.rate)), unit: 'scores/s' },
      { name: 'ours', value: Math.round(medianOf(({ ours }) => ours.rate)), unit: 'scores/s' },
      { name: 'bare-consume-set-cpu', value: rounded(medianOf(({ bare }) => bare.cpuMicros)), unit: 'us/score' },
      { name: 'ours-cpu', value: rounded(medianOf(({ ours }) => ours.cpuMicros)), unit: 'us/score' },
      { name: 'scores', value: scores, unit: 'scores' },
      { name: 'customers', value: customers, unit: 'customers' },
      { name: 'partitions', value: partitions, unit: 'partitions' },
      { name: 'rounds', value: rounds.length, unit: 'rounds' },
    ],
    ratios: [
      atLeast('ours/bare-consume-set', rounded(medianOf(({ ours, bare }) => ours.rate / bare.rate)), bar),
      noted('bare-consume-set-cpu/ours-cpu', rounded(medianOf(({ ours, bare }) => bare.cpuMicros / ours.cpuMicros))),
    ],
  };
}
