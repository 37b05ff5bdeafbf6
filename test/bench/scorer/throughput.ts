import { atLeast, median, rounded } from '../bench-report.ts';
import { benchEvents } from '../pipeline/bench-events.ts';
import { rawRate } from '../pipeline/raw-rate.ts';
import { runScorer } from '../pipeline/run-scorer.ts';
import { openBenchWorld, type BenchWorld } from '../world/bench-world.ts';
import type { PartContext, PartResult } from './part-result.ts';
import { runPeer } from './run-peer.ts';
import { runSameWork } from './same-work/run-same-work.ts';
import type { ScorerBenchOptions } from './scorer-bench-options.ts';

/** Events per second of one round, each contestant on the same topic. */
interface Round {
  readonly raw: number;
  readonly streams1: number;
  readonly streams2: number;
  readonly sameWork: number;
  readonly ours: number;
}

const bars = { sameWorkOverStreams: 1.3, sameWorkOverRaw: 0.45, oursOverStreams: 1, oursOverRaw: 0.3 } as const;

/**
 * The same events through a bare client, the peer with one and two threads, the peer's work on our machinery, and the
 * scorer as it is shipped: one after the other, round by round. Ratios are taken inside a round; medians are reported.
 */
export async function benchThroughput(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const { events, customers, partitions } = options;
  const world = await openBenchWorld(stack, partitions);
  try {
    say(`throughput: producing ${events} events of ${customers} customers`);
    await world.publish(benchEvents(events, customers));
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number++) {
      const round = await runRound(world, events, say);
      rounds.push(round);
      const shown = Object.entries(round).map(([name, rate]) => `${name} ${Math.round(rate as number)}/s`);
      say(`round ${number}: ${shown.join(', ')}`);
    }
    return toResult(rounds, options);
  } finally {
    await world.close();
  }
}

async function runRound(world: BenchWorld, events: number, say: PartContext['say']): Promise<Round> {
  const raw = await rawRate(world, world.newTwin(), events);
  const streams1 = await runPeer(world, { threads: 1, records: events }, say);
  const sameWork = await runSameWork(sameWorkEnv(world), events);
  const streams2 = await runPeer(world, { threads: 2, records: events }, say);
  const ours = await runScorer(world.scorerEnv(world.newTwin()), events);
  return { raw, streams1, streams2, sameWork: sameWork.rate, ours: ours.rate };
}

/** Our side of the same work does not provision: it writes to the topics of the run, as the bare client does. */
function sameWorkEnv(world: BenchWorld): Record<string, string> {
  const { TIDEWATCH_OUTPUT_TOPIC_PREFIX: _outputs, ...env } = world.scorerEnv(world.newTwin());
  return env;
}

function toResult(rounds: readonly Round[], { events, customers, partitions }: ScorerBenchOptions): PartResult {
  const rate = (name: string, of: (round: Round) => number) => ({
    name,
    value: Math.round(median(rounds.map(of))),
    unit: 'events/s',
  });
  const streams = (round: Round): number => Math.max(round.streams1, round.streams2);
  const ratio = (of: (round: Round) => number): number => rounded(median(rounds.map(of)));
  return {
    figures: [
      rate('raw-kafkajs', ({ raw }) => raw),
      rate('kafka-streams-1-thread', ({ streams1 }) => streams1),
      rate('kafka-streams-2-threads', ({ streams2 }) => streams2),
      rate('kafka-streams', streams),
      rate('same-work', ({ sameWork }) => sameWork),
      rate('ours', ({ ours }) => ours),
      { name: 'events', value: events, unit: 'events' },
      { name: 'customers', value: customers, unit: 'customers' },
      { name: 'partitions', value: partitions, unit: 'partitions' },
      { name: 'rounds', value: rounds.length, unit: 'rounds' },
    ],
    ratios: [
      atLeast(
        'same-work/kafka-streams',
        ratio((round) => round.sameWork / streams(round)),
        bars.sameWorkOverStreams,
      ),
      atLeast(
        'same-work/raw-kafkajs',
        ratio((round) => round.sameWork / round.raw),
        bars.sameWorkOverRaw,
      ),
      atLeast(
        'ours/kafka-streams',
        ratio((round) => round.ours / streams(round)),
        bars.oursOverStreams,
      ),
      atLeast(
        'ours/raw-kafkajs',
        ratio((round) => round.ours / round.raw),
        bars.oursOverRaw,
      ),
    ],
  };
}
