import { createHash } from 'node:crypto';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { startService } from '../../support/service-process.ts';
import { atMost, benchReport, median, rounded, type BenchReport } from '../bench-report.ts';
import { percentile } from '../statistics/percentile.ts';
import { openBenchWorld, type BenchWorld } from '../world/bench-world.ts';
import { publishPaced } from './paced-traffic.ts';
import { followScores } from './score-latencies.ts';

export interface HotCustomerBenchSize {
  /** Events per second, in both phases of a round. */
  readonly rate: number;
  readonly secondsPerPhase: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
}

const bar = 1.2;
const surrogate = (i: number): string => createHash('sha256').update(`customer ${i}`).digest('hex').slice(0, 32);
const hot = surrogate(-1);

/**
 * Half of the traffic from one customer against the same rate spread evenly over all: how much longer do the others
 * wait for their scores? One scorer, rounds of two phases each; the ratio is of the medians' p99, from receipt of the
 * event to its score being sent.
 */
export async function benchHotCustomer(size: HotCustomerBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const world = await openBenchWorld(stack, size.partitions);
    try {
      return report(size, await runRounds(world, size, say));
    } finally {
      await world.close();
    }
  } finally {
    await stack.stop();
  }
}

async function runRounds(world: BenchWorld, size: HotCustomerBenchSize, say: (line: string) => void): Promise<Round[]> {
  const twin = world.newTwin();
  const sink = createKafkaSink({ client: world.client });
  const scorer = await startService('scorer', world.scorerEnv(twin));
  const topic = topicsWithPrefix(twin).scores;
  const follower = await followScores({
    client: world.client,
    groupId: `${twin}follower`,
    topic,
    codec: world.codecs.scores,
  });
  async function measure(phase: string, isHot: boolean): Promise<Waits> {
    const count = size.rate * size.secondsPerPhase;
    const surrogateOf = (i: number) => (isHot && i % 2 === 0 ? hot : surrogate((i * 48_271) % size.customers));
    const collected = follower.collect(count);
    const { events: codec } = world.codecs;
    await publishPaced({ sink, codec, topic: world.topics.events, rate: size.rate, count, phase, surrogateOf });
    return waitsOf(await collected);
  }
  try {
    await measure('warm-up', false);
    const rounds: Round[] = [];
    for (let number = 1; number <= size.rounds; number++) {
      // Whoever comes first in a round comes second in the next.
      const first = await measure(`${number}-a`, number % 2 === 0);
      const second = await measure(`${number}-b`, number % 2 === 1);
      const round = number % 2 === 0 ? { even: second, hot: first } : { even: first, hot: second };
      rounds.push(round);
      say(`round ${number}: others' p99 ${round.hot.others} ms beside a hot customer, ${round.even.others} ms without`);
    }
    return rounds;
  } finally {
    await follower.stop();
    await scorer.stop();
    await sink.stop();
  }
}

interface Round {
  readonly even: Waits;
  readonly hot: Waits;
}

/** 99th percentiles, in milliseconds. */
interface Waits {
  readonly others: number;
  readonly hot: number;
}

function waitsOf(latencies: readonly { readonly surrogate: string; readonly ms: number }[]): Waits {
  const others = latencies.filter((each) => each.surrogate !== hot).map(({ ms }) => ms);
  const own = latencies.filter((each) => each.surrogate === hot).map(({ ms }) => ms);
  return { others: percentile(others, 0.99), hot: own.length === 0 ? 0 : percentile(own, 0.99) };
}

function report(size: HotCustomerBenchSize, rounds: readonly Round[]): BenchReport {
  const even = median(rounds.map((round) => round.even.others));
  const beside = median(rounds.map((round) => round.hot.others));
  return benchReport(
    'hot-customer',
    [
      { name: 'others-p99-even', value: even, unit: 'ms' },
      { name: 'others-p99-hot', value: beside, unit: 'ms' },
      { name: 'hot-p99', value: median(rounds.map((round) => round.hot.hot)), unit: 'ms' },
      { name: 'rate', value: size.rate, unit: 'events/s' },
      { name: 'customers', value: size.customers, unit: 'customers' },
      { name: 'partitions', value: size.partitions, unit: 'partitions' },
      { name: 'rounds', value: size.rounds, unit: 'rounds' },
    ],
    [atMost('others-p99/even', rounded(beside / even), bar)],
  );
}
