import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import { recordReading } from '../../../../services/core/features/reads-features.ts';
import { atMost, median, rounded } from '../../bench-report.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';
import { runScorer, type ScorerRun } from '../../pipeline/run-scorer.ts';
import { preloading } from '../../preload/preload-options.ts';
import { upperBound } from '../../statistics/upper-bound.ts';
import { openBenchWorld, type BenchWorld } from '../../world/bench-world.ts';
import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { visitEvents } from './visit-events.ts';

const bar = 0.08;

/**
 * What the facts for KPIs cost: the shipped scorer against itself without them. Pairs of runs on the same topic, which
 * of the two goes first alternating.
 */
export async function benchKpiFacts(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const { pairs, pairEvents, customers } = options;
  const world = await openBenchWorld(stack, options.partitions);
  try {
    const make = options.factsOf === 'orders' ? benchEvents : visitEvents;
    const events = [...make(pairEvents, customers)];
    const scored = events.filter((event) => recordReading(event) !== null).length;
    say(`KPI facts: producing ${events.length} events of ${customers} customers, ${scored} of them to be scored`);
    await world.publish(events);
    const withFacts: ScorerRun[] = [];
    const without: ScorerRun[] = [];
    let facts = 0;
    const run = async (runs: ScorerRun[], env: Readonly<Record<string, string>>): Promise<string> => {
      const twin = world.newTwin();
      runs.push(await runScorer({ ...world.scorerEnv(twin), ...env }, events.length));
      return twin;
    };
    for (let pair = 0; pair < pairs; pair++) {
      if (pair % 2 === 1) await run(without, preloading('factless'));
      facts = await countFacts(world, await run(withFacts, {}));
      if (pair % 2 === 0) await run(without, preloading('factless'));
      say(`pair ${pair + 1}: with ${shown(withFacts[pair])}, without ${shown(without[pair])}`);
    }
    return toResult({ withFacts, without }, { facts, events: events.length, scored });
  } finally {
    await world.close();
  }
}

async function countFacts({ client }: BenchWorld, twin: string): Promise<number> {
  const admin = client.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topicsWithPrefix(twin).kpiFacts);
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

interface Runs {
  readonly withFacts: readonly ScorerRun[];
  readonly without: readonly ScorerRun[];
}

interface Counts {
  readonly facts: number;
  readonly events: number;
  readonly scored: number;
}

function shown({ rate, cpuPerEvent }: ScorerRun): string {
  return `${Math.round(rate)}/s at ${Math.round(cpuPerEvent * 1e6)} µs of processor time`;
}

/**
 * The cost is in time per event: how much longer the scorer takes with facts. On a machine that others use too, that of
 * its processor time is the steadier one.
 */
function toResult({ withFacts, without }: Runs, { facts, events, scored }: Counts): PartResult {
  const costs = withFacts.map(({ rate }, i) => without[i].rate / rate - 1);
  const cpuCosts = withFacts.map(({ cpuPerEvent }, i) => cpuPerEvent / without[i].cpuPerEvent - 1);
  return {
    figures: [
      { name: 'with-kpi-facts', value: Math.round(median(withFacts.map(({ rate }) => rate))), unit: 'events/s' },
      { name: 'without-kpi-facts', value: Math.round(median(without.map(({ rate }) => rate))), unit: 'events/s' },
      { name: 'events-scored', value: rounded(scored / events), unit: 'share of events' },
      { name: 'kpi-facts-of-events', value: rounded(facts / events), unit: 'share of events' },
      { name: 'kpi-facts-cost-median', value: rounded(median(costs)), unit: 'share of time' },
      { name: 'kpi-facts-processor-cost-median', value: rounded(median(cpuCosts)), unit: 'share of processor time' },
      { name: 'kpi-facts-pairs', value: costs.length, unit: 'pairs' },
    ],
    // One pair alone bounds nothing; it is a trial of the bench itself.
    ratios: costs.length < 2 ? [] : [bounded('kpi-facts-cost', costs), bounded('kpi-facts-processor-cost', cpuCosts)],
  };
}

function bounded(name: string, costs: readonly number[]): ReturnType<typeof atMost> {
  return atMost(`${name}-upper-95`, rounded(upperBound(costs)), bar);
}
