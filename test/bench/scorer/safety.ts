import { atMost, median, rounded } from '../bench-report.ts';
import { benchEvents } from '../pipeline/bench-events.ts';
import { runScorer } from '../pipeline/run-scorer.ts';
import { preloading } from '../preload/preload-options.ts';
import { upperBound } from '../statistics/upper-bound.ts';
import { openBenchWorld } from '../world/bench-world.ts';
import type { PartContext, PartResult } from './part-result.ts';
import type { ScorerBenchOptions } from './scorer-bench-options.ts';

const bar = 0.15;

/**
 * What protection from crashes costs: the shipped scorer against itself with the offset committed first, a plain HSET,
 * no ring and no watermark. Pairs of runs on the same topic, which of the two goes first alternating.
 */
export async function benchSafety(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const { pairs, pairEvents, customers } = options;
  const world = await openBenchWorld(stack, options.partitions);
  try {
    say(`crash safety: producing ${pairEvents} events of ${customers} customers`);
    await world.publish(benchEvents(pairEvents, customers));
    const runSafe = async (): Promise<number> => (await runScorer(world.scorerEnv(world.newTwin()), pairEvents)).rate;
    const runUnsafe = async (): Promise<number> =>
      (await runScorer({ ...world.scorerEnv(world.newTwin()), ...preloading('unsafe') }, pairEvents)).rate;
    const safe: number[] = [];
    const unsafe: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const safeFirst = pair % 2 === 0;
      if (safeFirst) safe.push(await runSafe());
      unsafe.push(await runUnsafe());
      if (!safeFirst) safe.push(await runSafe());
      say(`pair ${pair + 1}: safe ${Math.round(safe[pair])}/s, unsafe ${Math.round(unsafe[pair])}/s`);
    }
    return toResult(safe, unsafe);
  } finally {
    await world.close();
  }
}

/** The cost is in time per event: how much longer the protected one takes. */
function toResult(safe: readonly number[], unsafe: readonly number[]): PartResult {
  const costs = safe.map((rate, i) => unsafe[i] / rate - 1);
  return {
    figures: [
      { name: 'crash-safe', value: Math.round(median(safe)), unit: 'events/s' },
      { name: 'not-crash-safe', value: Math.round(median(unsafe)), unit: 'events/s' },
      { name: 'crash-safety-cost-median', value: rounded(median(costs)), unit: 'share of time' },
      { name: 'crash-safety-pairs', value: costs.length, unit: 'pairs' },
    ],
    // One pair alone bounds nothing; it is a trial of the bench itself.
    ratios: costs.length < 2 ? [] : [atMost('crash-safety-cost-upper-95', rounded(upperBound(costs)), bar)],
  };
}
