import type { DurationMs } from '../../../../services/core/units.ts';
import { eventually } from '../../../support/eventually.ts';
import { startService } from '../../../support/service-process.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';
import { preloading } from '../../preload/preload-options.ts';
import { askChild } from '../../world/ask-child.ts';
import { startBenchChild } from '../../world/bench-child.ts';
import { openBenchWorld, type BenchWorld } from '../../world/bench-world.ts';
import { producePaced } from '../../world/paced-producer.ts';
import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { latencyResult, type LatencyRound } from './rounds-result.ts';

const rate = 2_000;
const warmUpSeconds = 5;
const catchUpMs = 120_000;
const bar = 4;

interface Reader {
  ask<T>(question: string): Promise<T>;
  stop(): Promise<unknown>;
}

/**
 * From the hand-over of a record by the consumer to the acknowledgement of its score, at 2,000 events per second: the
 * shipped scorer against a bare client that decodes, encodes and produces. Alternating rounds on one topic.
 */
export async function benchScoreLatency(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const { latencySeconds: seconds, customers } = options;
  const world = await openBenchWorld(stack, options.partitions);
  const events = benchEvents(2 * options.rounds * rate * (seconds + warmUpSeconds + 1), customers);
  const startBare = async (): Promise<Reader> =>
    startBenchChild('test/bench/scorer/latency/bare-client.ts', world.scorerEnv(world.newTwin()));
  try {
    const rounds: LatencyRound[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      const bare = await measure(world, await startBare(), { events, seconds });
      const ours = await measure(world, await startOurs(world), { events, seconds });
      rounds.push({ ours, bare });
      say(`latency: round ${round} of ${options.rounds} done (${ours.length} and ${bare.length} records)`);
    }
    return latencyResult(rounds, { ours: 'score', bare: 'bare-produce', bar });
  } finally {
    await world.close();
  }
}

async function startOurs(world: BenchWorld): Promise<Reader> {
  const service = await startService('scorer', { ...world.scorerEnv(world.newTwin()), ...preloading('stages') });
  return { ask: (question) => askChild(service.child, question), stop: () => service.stop() };
}

async function measure(
  world: BenchWorld,
  reader: Reader,
  load: { readonly events: ReturnType<typeof benchEvents>; readonly seconds: number },
): Promise<DurationMs[]> {
  const { events, seconds } = load;
  try {
    const backlog = await world.published();
    await eventually(
      async () => {
        const handled = await reader.ask<number>('handled');
        if (handled < backlog) throw new Error(`${handled} of ${backlog} records are handled`);
      },
      { timeoutMs: catchUpMs },
    );
    await producePaced(world, events, { rate, seconds: warmUpSeconds });
    await reader.ask('latencies');
    await producePaced(world, events, { rate, seconds });
    return await reader.ask<DurationMs[]>('latencies');
  } finally {
    await reader.stop();
  }
}
