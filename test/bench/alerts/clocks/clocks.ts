import { setTimeout as pause } from 'node:timers/promises';
import { createDueSweep, type DueSweep } from '../../../../services/alerts/due/due-sweep.ts';
import type { DurationMs, EpochMs } from '../../../../services/core/units.ts';
import { createRedis, type RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisDueIndex } from '../../../../services/platform/redis/redis-due-index.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../../../../services/platform/redis/redis-task-index.ts';
import { systemClock } from '../../../../services/platform/runtime/system-clock.ts';
import { createAlertsBench, partition } from '../../../support/alerts-bench.ts';
import { eventually } from '../../../support/eventually.ts';
import { aScore } from '../../../support/score-builder.ts';
import { createTaskReducer } from '../../../../services/core/tasks/task-reducer.ts';
import { taskRules } from '../../../support/task-rules.ts';
import { rounded } from '../../bench-report.ts';
import { benchCustomer } from '../../pipeline/bench-events.ts';
import type { PartContext, PartResult } from '../../scorer/part-result.ts';
import { percentile } from '../../statistics/percentile.ts';
import { openBenchWorld } from '../../world/bench-world.ts';
import type { AlertsBenchOptions } from '../alerts-bench-options.ts';

/** As often as the service asks each partition. */
const turnEveryMs = 250;
/** A warning comes after three quarters of the two days that an answer may take. */
const warnedAfterMs = 36 * 3_600_000;
const firingsPerSecond = 500;
const firingSeconds = 20;
const idleTurns = 400;
const chunk = 500;

/**
 * One partition in which a deadline runs for each of many customers: what a look costs while nothing is due, and how late
 * deadlines are met that come at a steady rate. States, indexes and sweep are the service's own on a real Redis, and what
 * is due is warned of and published to nowhere.
 */
export async function benchClocks({ tasks }: AlertsBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const world = await openBenchWorld(stack, 1);
  const redis = createRedis({ url: stack.redis, logger: world.logger });
  try {
    await eventually(() => redis.check());
    const partitionOfClocks = openClocks(redis, world.newTwin());
    const firing = Math.min(Math.ceil(tasks / 10), firingsPerSecond * firingSeconds);
    say(`starting ${tasks} clocks`);
    const begunAt = performance.now();
    await partitionOfClocks.start(0, tasks - firing, () => Date.now() + warnedAfterMs);
    const perClockMs = (performance.now() - begunAt) / Math.max(1, tasks - firing);
    const idle = await lookInVain(partitionOfClocks.sweep);
    const firstDue = Date.now() + 2_000 + 2 * perClockMs * firing;
    await partitionOfClocks.start(tasks - firing, tasks, (i) => firstDue + (i * 1_000) / firingsPerSecond);
    if (Date.now() >= firstDue)
      throw new Error('the clocks took longer to start than they run; the machine is too busy');
    const fired = await fireAll(partitionOfClocks, firstDue, firing);
    say(`clocks: ${firing} of ${tasks} fired`);
    return toResult(tasks, idle, fired);
  } finally {
    await redis.close();
    await world.close();
  }
}

interface Clocks {
  readonly sweep: DueSweep;
  readonly lateness: readonly DurationMs[];
  /** Opens tasks of customers `from` to `to` of whose first answer is warned at the time given, by number from `from` on. */
  start(from: number, to: number, dueAt: (number: number) => EpochMs): Promise<void>;
}

function openClocks(redis: RedisConnection, keyPrefix: string): Clocks {
  const lateness: DurationMs[] = [];
  const reducer = createTaskReducer(taskRules(), systemClock);
  const alerts = createAlertsBench({
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'tasks' }),
    index: createRedisTaskIndex({ redis, keyPrefix }),
    dueIndex: createRedisDueIndex({ redis, keyPrefix }),
    sink: { publish: () => Promise.resolve(), stop: () => Promise.resolve() },
    clock: systemClock,
    reducer: () => reducer,
    telemetry: {
      inputsTaken: () => undefined,
      recordsUnreadable: () => undefined,
      factsPublished: () => undefined,
      birthdayPassedOver: () => undefined,
      timersFired: (late) => void lateness.push(...late),
    },
  });
  return {
    sweep: createDueSweep({ ...alerts.deps, owns: () => true }),
    lateness,
    async start(from, to, dueAt) {
      for (let at = from; at < to; at += chunk) {
        const scores = Array.from({ length: Math.min(chunk, to - at) }, (_, i) =>
          aScore({
            surrogate: benchCustomer(at + i),
            receivedAt: Math.round(dueAt(at + i - from)) - warnedAfterMs,
          }),
        );
        await alerts.deliver(scores);
      }
    },
  };
}

/** @returns microseconds of processor for a look at one partition with nothing due */
async function lookInVain(sweep: DueSweep): Promise<number> {
  const before = process.cpuUsage();
  for (let turn = 0; turn < idleTurns; turn++) {
    if (await sweep.run(partition)) throw new Error('something was due too early');
  }
  return processorMicros(before) / idleTurns;
}

interface Fired {
  readonly lateness: readonly DurationMs[];
  /** Milliseconds of processor in a second. */
  readonly cpuMsPerSecond: number;
}

async function fireAll({ sweep, lateness }: Clocks, firstDue: EpochMs, firing: number): Promise<Fired> {
  await pause(Math.max(0, firstDue - Date.now()));
  const before = process.cpuUsage();
  const begunAt = performance.now();
  while (lateness.length < firing) {
    while (await sweep.run(partition));
    await pause(turnEveryMs);
  }
  const seconds = (performance.now() - begunAt) / 1_000;
  return { lateness, cpuMsPerSecond: processorMicros(before) / 1_000 / seconds };
}

function processorMicros(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function toResult(tasks: number, idleMicros: number, { lateness, cpuMsPerSecond }: Fired): PartResult {
  const looksPerSecond = 1_000 / turnEveryMs;
  return {
    figures: [
      { name: 'clocks', value: tasks, unit: 'clocks' },
      { name: 'sweep-idle-cpu', value: rounded((idleMicros * looksPerSecond) / 1_000), unit: 'ms/s of a partition' },
      { name: 'sweep-firing', value: firingsPerSecond, unit: 'deadlines/s' },
      { name: 'sweep-firing-cpu', value: rounded(cpuMsPerSecond), unit: 'ms/s' },
      { name: 'lateness-p50', value: rounded(percentile(lateness, 0.5)), unit: 'ms' },
      { name: 'lateness-p99', value: rounded(percentile(lateness, 0.99)), unit: 'ms' },
      { name: 'lateness-max', value: rounded(percentile(lateness, 1)), unit: 'ms' },
    ],
    ratios: [],
  };
}
