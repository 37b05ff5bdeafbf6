import { Agent } from 'node:http';
import type { DurationMs } from '../../../../services/core/units.ts';
import { eventually } from '../../../support/eventually.ts';
import { startService } from '../../../support/service-process.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';
import { preloading } from '../../preload/preload-options.ts';
import { askChild } from '../../world/ask-child.ts';
import { startBenchChild } from '../../world/bench-child.ts';
import { openBenchWorld, type BenchWorld } from '../../world/bench-world.ts';
import { timedGet } from '../../world/timed-get.ts';
import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { latencyResult, type LatencyRound } from './rounds-result.ts';

const customers = 500;
const eventsEach = 20;
const warmUps = 500;
const bar = 3;

/**
 * Reading a customer's score over HTTP from the shipped scorer, against a route that answers an empty object: one
 * request after the other on one kept connection each, alternating.
 */
export async function benchReadLatency(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const world = await openBenchWorld(stack, options.partitions);
  const empty = await startBenchChild('test/bench/scorer/latency/empty-route.ts', {});
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await world.publish(benchEvents(customers * eventsEach, customers));
    const scorer = await startScored(world);
    try {
      const surrogates = [...new Set([...benchEvents(customers, customers)].map(({ surrogate }) => surrogate))];
      const headers = { authorization: `Bearer ${world.token}` };
      const readScore = (i: number) =>
        timedGet(agent, `${scorer.url}/v1/customers/~${surrogates[i % surrogates.length]}/score`, headers);
      const readEmpty = () => timedGet(agent, `${empty.ready.url}/empty`, {});
      const rounds: LatencyRound[] = [];
      for (let round = 0; round <= options.rounds; round++) {
        const measured = await runRound(round === 0 ? warmUps : options.operations, readScore, readEmpty);
        if (round > 0) rounds.push(measured);
      }
      say(`latency: ${options.rounds} rounds of ${options.operations} reads over HTTP done`);
      return latencyResult(rounds, { ours: 'score-read', bare: 'empty-route', bar });
    } finally {
      await scorer.stop();
    }
  } finally {
    agent.destroy();
    await empty.stop();
    await world.close();
  }
}

async function startScored(world: BenchWorld): Promise<Awaited<ReturnType<typeof startService>>> {
  const scorer = await startService('scorer', { ...world.scorerEnv(world.newTwin()), ...preloading('stages') });
  const backlog = await world.published();
  await eventually(
    async () => {
      if ((await askChild<number>(scorer.child, 'handled')) < backlog) throw new Error('events are still unscored');
    },
    { timeoutMs: 60_000 },
  );
  return scorer;
}

async function runRound(
  operations: number,
  readScore: (i: number) => Promise<DurationMs>,
  readEmpty: () => Promise<DurationMs>,
): Promise<LatencyRound> {
  const ours: DurationMs[] = [];
  const bare: DurationMs[] = [];
  for (let i = 0; i < operations; i++) {
    ours.push(await readScore(i));
    bare.push(await readEmpty());
  }
  return { ours, bare };
}
