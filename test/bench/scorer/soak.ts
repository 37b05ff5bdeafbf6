import { setTimeout as pause } from 'node:timers/promises';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { startService, type ServiceProcess } from '../../support/service-process.ts';
import { atMost, rounded, type Figure } from '../bench-report.ts';
import { benchEvents } from '../pipeline/bench-events.ts';
import { runScorer } from '../pipeline/run-scorer.ts';
import { preloading } from '../preload/preload-options.ts';
import type { ProcessSample } from '../preload/probe-process.ts';
import { slope } from '../statistics/slope.ts';
import { askChild } from '../world/ask-child.ts';
import { openBenchWorld, type BenchWorld } from '../world/bench-world.ts';
import { limitTopicSize } from '../world/limit-topic-size.ts';
import { producePaced } from '../world/paced-producer.ts';
import type { PartContext, PartResult } from './part-result.ts';
import type { ScorerBenchOptions } from './scorer-bench-options.ts';
import { soakEvents } from './soak-events.ts';

/** Few enough that every state has its full size after the first third. */
const customers = 20_000;
const trialEvents = 150_000;
const sampleMs = 5_000;
const mebibyte = 2 ** 20;
const msPerMinute = 60_000;
const bar = 1;

interface TimedSample extends ProcessSample {
  readonly minute: number;
}

/**
 * The shipped scorer at half of what it can do, for minutes: how its memory grows over the last two thirds, tensors left
 * behind, how late its event loop is, and what it warns of.
 */
export async function benchSoak(options: ScorerBenchOptions, context: PartContext): Promise<PartResult> {
  const { say } = context;
  const rate = Math.round(options.soakRate ?? (await halfLoad(options, context)));
  const world = await openBenchWorld(context.stack, options.partitions);
  try {
    const env = world.scorerEnv(world.newTwin());
    const scorer = await startService('scorer', { ...env, ...preloading('process') });
    const saidAtStart = scorer.output().length;
    let stderr = '';
    scorer.child.stderr?.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
    try {
      await limitTopicSize(world.client, world.topics.events);
      await limitTopicSize(world.client, topicsWithPrefix(env.TIDEWATCH_OUTPUT_TOPIC_PREFIX).scores);
      say(`soak: ${rate} events per second for ${options.soakMinutes} minutes`);
      const { samples, reached } = await soak(world, scorer, { rate, minutes: options.soakMinutes, say });
      // The runtime's own words on stderr, and what the log counts as a warning or worse once it was ready.
      const logged =
        scorer
          .output()
          .slice(saidAtStart)
          .match(/"level":"(?:warn|error|fatal)"/g)?.length ?? 0;
      const warnings = stderr.split('\n').filter((line) => line.trim() !== '').length;
      if (warnings + logged > 0) say(`soak: the scorer said\n${scorer.output().slice(-2000)}`);
      return toResult(samples, [
        { name: 'soak-rate-asked', value: rate, unit: 'events/s' },
        { name: 'soak-rate-reached', value: Math.round(reached), unit: 'events/s' },
        { name: 'soak-minutes', value: options.soakMinutes, unit: 'minutes' },
        { name: 'soak-lines-on-stderr', value: warnings, unit: 'lines' },
        { name: 'soak-warnings-logged', value: logged, unit: 'lines' },
      ]);
    } finally {
      await scorer.stop();
    }
  } finally {
    await world.close();
  }
}

async function halfLoad(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<number> {
  const world = await openBenchWorld(stack, options.partitions);
  try {
    await world.publish(benchEvents(trialEvents, options.customers));
    const { rate } = await runScorer(world.scorerEnv(world.newTwin()), trialEvents);
    say(`soak: the scorer alone does ${Math.round(rate)}/s`);
    return rate / 2;
  } finally {
    await world.close();
  }
}

async function soak(
  world: BenchWorld,
  { child }: ServiceProcess,
  { rate, minutes, say }: { readonly rate: number; readonly minutes: number; readonly say: (line: string) => void },
): Promise<{ samples: TimedSample[]; reached: number }> {
  const seconds = minutes * 60;
  const samples: TimedSample[] = [];
  const start = performance.now();
  const producing = new AbortController();
  const sampling = (async () => {
    while (!producing.signal.aborted) {
      const minute = (performance.now() - start) / msPerMinute;
      const sample = { minute, ...(await askChild<ProcessSample>(child, 'process')) };
      samples.push(sample);
      if (samples.length % 12 === 0) say(`soak: minute ${minute.toFixed(1)}, ${describe(sample)}`);
      await pause(sampleMs, undefined, { signal: producing.signal }).catch(() => undefined);
    }
  })();
  try {
    const reached = await producePaced(world, soakEvents((rate * seconds) / 6, customers), { rate, seconds });
    return { samples, reached };
  } finally {
    producing.abort();
    await sampling;
  }
}

function describe({ rssBytes, heapUsedBytes, tensors, loopDelayP99Ms }: ProcessSample): string {
  const sizes = `RSS ${Math.round(rssBytes / mebibyte)} MiB, heap ${Math.round(heapUsedBytes / mebibyte)} MiB`;
  return `${sizes}, ${tensors} tensors, loop p99 ${loopDelayP99Ms.toFixed(1)} ms late`;
}

function toResult(samples: readonly TimedSample[], figures: readonly Figure[]): PartResult {
  const end = samples[samples.length - 1].minute;
  const late = samples.filter(({ minute }) => minute >= end / 3);
  const growth = slope(late.map(({ minute, rssBytes }) => ({ x: minute, y: rssBytes / mebibyte })));
  const tensorDelta = late[late.length - 1].tensors - late[0].tensors;
  const rss = late[late.length - 1].rssBytes / mebibyte;
  const heapGrowth = slope(late.map(({ minute, heapUsedBytes }) => ({ x: minute, y: heapUsedBytes / mebibyte })));
  const loopDelay = Math.max(...late.map(({ loopDelayP99Ms }) => loopDelayP99Ms));
  return {
    figures: [
      ...figures,
      { name: 'soak-rss-at-end', value: Math.round(rss), unit: 'MiB' },
      { name: 'soak-heap-slope', value: rounded(heapGrowth), unit: 'MiB/min' },
      { name: 'soak-event-loop-delay-p99-worst', value: rounded(loopDelay), unit: 'ms' },
    ],
    ratios: [
      atMost('soak-rss-slope-MiB-per-min', rounded(growth), bar),
      atMost('soak-tensor-delta', tensorDelta, 0),
      atMost('soak-warnings', sumOf(figures, ['soak-lines-on-stderr', 'soak-warnings-logged']), 0),
    ],
  };
}

function sumOf(figures: readonly Figure[], names: readonly string[]): number {
  return figures.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + value, 0);
}
