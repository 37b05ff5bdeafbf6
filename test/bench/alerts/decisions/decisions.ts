import { atLeast, median, rounded } from '../../bench-report.ts';
import type { PartContext, PartResult } from '../../scorer/part-result.ts';
import { openBenchWorld } from '../../world/bench-world.ts';
import type { AlertsBenchOptions } from '../alerts-bench-options.ts';
import { benchScores } from '../bench-scores.ts';
import { bareSetRate } from './bare-set.ts';
import { runAlerts } from './run-alerts.ts';

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
    const rounds: { bare: number; ours: number }[] = [];
    for (let number = 1; number <= options.rounds; number++) {
      const bare = await bareSetRate(world, world.newTwin(), scores);
      const ours = await runAlerts(world.alertsEnv(world.newTwin()), scores);
      rounds.push({ bare, ours });
      say(`round ${number}: bare ${Math.round(bare)}/s, alerts ${Math.round(ours)}/s`);
    }
    if (profileTo !== null) {
      const profiling = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileTo}` };
      const profiled = await runAlerts({ ...world.alertsEnv(world.newTwin()), ...profiling }, scores);
      say(`profiled: ${Math.round(profiled)}/s, the profile is in ${profileTo}`);
    }
    return {
      figures: [
        { name: 'bare-consume-set', value: Math.round(median(rounds.map(({ bare }) => bare))), unit: 'scores/s' },
        { name: 'ours', value: Math.round(median(rounds.map(({ ours }) => ours))), unit: 'scores/s' },
        { name: 'scores', value: scores, unit: 'scores' },
        { name: 'customers', value: customers, unit: 'customers' },
        { name: 'partitions', value: partitions, unit: 'partitions' },
        { name: 'rounds', value: options.rounds, unit: 'rounds' },
      ],
      ratios: [atLeast('ours/bare-consume-set', rounded(median(rounds.map(({ ours, bare }) => ours / bare))), bar)],
    };
  } finally {
    await world.close();
  }
}
