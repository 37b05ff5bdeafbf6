import { startStack } from '../../../scripts/stack/start-stack.ts';
import { atLeast, benchReport, median, rounded, type BenchReport } from '../bench-report.ts';
import { openBenchWorld, type BenchWorld } from '../world/bench-world.ts';
import { benchEvents } from './bench-events.ts';
import { rawRate } from './raw-rate.ts';
import { runScorer } from './run-scorer.ts';

export interface PipelineBenchSize {
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
}

interface Round {
  readonly raw: number;
  readonly ours: number;
}

const bar = 0.25;

/**
 * The scorer end to end on real Kafka, Redis and registry, against a bare client that only decodes, encodes and
 * produces the same messages. Both read the same topic; rounds alternate, medians are reported.
 */
export async function benchPipeline(size: PipelineBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const world = await openBenchWorld(stack, size.partitions);
    try {
      return toReport(size, await runRounds(world, size, say));
    } finally {
      await world.close();
    }
  } finally {
    await stack.stop();
  }
}

async function runRounds(world: BenchWorld, size: PipelineBenchSize, say: (line: string) => void): Promise<Round[]> {
  say(`producing ${size.events} events of ${size.customers} customers`);
  await world.publish(benchEvents(size.events, size.customers));
  const rounds: Round[] = [];
  for (let number = 1; number <= size.rounds; number++) {
    const twin = world.newTwin();
    const raw = await rawRate(world, twin, size.events);
    const { rate } = await runScorer(world.scorerEnv(twin), size.events);
    const round = { raw, ours: rate };
    rounds.push(round);
    say(`round ${number}: raw kafkajs ${Math.round(round.raw)}/s, scorer ${Math.round(round.ours)}/s`);
  }
  return rounds;
}

function toReport(size: PipelineBenchSize, rounds: readonly Round[]): BenchReport {
  return benchReport(
    'pipeline',
    [
      { name: 'raw-kafkajs', value: Math.round(median(rounds.map(({ raw }) => raw))), unit: 'events/s' },
      { name: 'ours', value: Math.round(median(rounds.map(({ ours }) => ours))), unit: 'events/s' },
      { name: 'events', value: size.events, unit: 'events' },
      { name: 'customers', value: size.customers, unit: 'customers' },
      { name: 'partitions', value: size.partitions, unit: 'partitions' },
      { name: 'rounds', value: size.rounds, unit: 'rounds' },
    ],
    [atLeast('ours/raw-kafkajs', rounded(median(rounds.map(({ ours, raw }) => ours / raw))), bar)],
  );
}
