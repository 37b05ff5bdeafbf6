import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRedis, type RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { rootDir } from '../../../support/root-dir.ts';
import { spawnService } from '../../../support/service-process.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';
import { runScorer } from '../../pipeline/run-scorer.ts';
import { preloading } from '../../preload/preload-options.ts';
import { askChild } from '../../world/ask-child.ts';
import { openBenchWorld, type BenchWorld } from '../../world/bench-world.ts';
import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { growthChart } from './growth-chart.ts';
import type { GrowthStep } from './growth-step.ts';
import { seedCustomers } from './seed-customers.ts';

const chart = 'docs/benchmarks/growth.svg';
const firstScoreMs = 120_000;
const pollMs = 20;

interface Work {
  readonly events: number;
  readonly customers: number;
}

/**
 * The scorer with ever more customers in the store: bytes each takes there, events per second over all of them, and how
 * long after a `kill -9` the process in its place has its first score acknowledged. Draws the chart.
 */
export async function benchGrowth(options: ScorerBenchOptions, context: PartContext): Promise<PartResult> {
  const steps: GrowthStep[] = [];
  for (const customers of options.sizes) steps.push(await measureStep(customers, options, context));
  await writeFile(join(rootDir, chart), growthChart(steps));
  context.say(`growth: ${chart} is drawn`);
  return {
    figures: steps.flatMap(({ customers, redisBytesPerCustomer, eventsPerSecond, firstScoreAfterKillMs }) => [
      { name: `growth-${customers}-redis-bytes-per-customer`, value: redisBytesPerCustomer, unit: 'bytes' },
      { name: `growth-${customers}-ours`, value: eventsPerSecond, unit: 'events/s' },
      { name: `growth-${customers}-first-score-after-kill`, value: firstScoreAfterKillMs, unit: 'ms' },
    ]),
    ratios: [],
  };
}

async function measureStep(
  customers: number,
  { partitions, growthEvents: events }: ScorerBenchOptions,
  { stack, say }: PartContext,
): Promise<GrowthStep> {
  const world = await openBenchWorld(stack, partitions);
  const redis = createRedis({ url: stack.redis, logger: createLogger({ name: 'bench', level: 'silent' }) });
  try {
    await eventually(() => redis.check());
    const twin = world.newTwin();
    const redisBytesPerCustomer = await seed(world, redis, { twin, customers });
    say(`growth: ${customers} customers of ${redisBytesPerCustomer} bytes each in Redis`);
    await world.publish(benchEvents(events, customers));
    const { rate } = await runScorer(world.scorerEnv(twin), events);
    const firstScoreAfterKillMs = await killAndWait(world, twin, { events, customers });
    const eventsPerSecond = Math.round(rate);
    say(`growth: ${customers} customers: ${eventsPerSecond}/s, first score ${firstScoreAfterKillMs} ms after a kill`);
    return { customers, redisBytesPerCustomer, eventsPerSecond, firstScoreAfterKillMs };
  } finally {
    await world.close();
    await redis.close();
  }
}

async function seed(
  { codecs }: BenchWorld,
  redis: RedisConnection,
  { twin, customers }: { readonly twin: string; readonly customers: number },
): Promise<number> {
  const before = await usedMemory(redis);
  const store = createRedisStateStore({ redis, keyPrefix: twin, namespace: 'customer' });
  await seedCustomers(store, codecs.scores, customers);
  return Math.round(((await usedMemory(redis)) - before) / customers);
}

async function usedMemory({ client }: RedisConnection): Promise<number> {
  const used = /^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1];
  if (used === undefined) throw new Error('Redis does not say how much memory it uses');
  return Number(used);
}

/** A scorer is killed in the middle of its work, and another takes its place at once. */
async function killAndWait(world: BenchWorld, twin: string, { events, customers }: Work): Promise<number> {
  await world.publish(benchEvents(events, customers, 1));
  const env = { ...world.scorerEnv(twin), ...preloading('stages') };
  const first = spawnService('scorer', env);
  await firstScore(first.child, { timeoutMs: firstScoreMs });
  await first.kill();
  const killedAt = performance.now();
  const second = spawnService('scorer', env);
  try {
    await firstScore(second.child, { timeoutMs: firstScoreMs });
    return Math.round(performance.now() - killedAt);
  } finally {
    await second.stop();
  }
}

async function firstScore(child: ChildProcess, { timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
  const attempt = async (): Promise<void> => {
    if ((await askChild<number>(child, 'acknowledged')) === 0) throw new Error('no score is acknowledged yet');
  };
  await eventually(attempt, { timeoutMs, intervalMs: pollMs });
}
