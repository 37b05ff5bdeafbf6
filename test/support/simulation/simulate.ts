import { Chaos, stormyWeather, type ChaosRates } from './chaos.ts';
import { drawHistory, type SimHistory } from './sim-history.ts';
import { compareOutcomes, readOutcome, type SimOutcome } from './sim-outcome.ts';
import { SimWorld, type SimTally } from './sim-world.ts';
import { SeededRandom } from './seeded-random.ts';

export interface ScheduleResult {
  readonly differences: readonly string[];
  readonly tally: SimTally & { readonly rebalances: number; readonly steps: number };
}

export interface ScheduleWishes {
  readonly seed: number;
  readonly rates: (random: SeededRandom) => ChaosRates;
  /** Takes a line per step. */
  readonly trace?: string[];
}

const plainSettings = {
  maxChunkRecords: 500,
  cacheCustomers: 1_000,
  partitionsConcurrently: 4,
  sweepPageSize: 200,
  sweepEveryMs: 1_000,
};

/** One history, run once in peace by a single process. */
export async function undisturbed(history: SimHistory): Promise<SimOutcome> {
  const world = new SimWorld({ random: new SeededRandom(1), history });
  await world.publish();
  world.startProcess(plainSettings);
  const problem = await world.settle();
  if (problem !== null) throw new Error(`the undisturbed world did not come to rest: ${problem}`);
  return readOutcome(world);
}

/** One seed: a history, the troubles it meets, and how the outcome differs from that of an undisturbed run. */
export async function runSchedule({ seed, rates, trace }: ScheduleWishes): Promise<ScheduleResult> {
  const random = new SeededRandom(seed);
  const history = drawHistory(random, {
    partitions: random.between(2, 3),
    customers: random.between(3, 6),
    events: random.between(16, 32),
    oldestDays: random.chance(200) ? 700 : 440,
    grows: random.chance(250),
  });
  const expected = await undisturbed(history);
  const timing = { rebalanceTimeoutMs: random.pick([1_000, 60_000]), noticeMs: random.pick([1, 3_000, 20_000]) };
  const world = new SimWorld({ random, history, trace: trace ?? null, ...timing });
  await disturb(world, random, rates(random));
  const problem = await world.settle();
  const differences = [
    ...world.crashes.map((crash) => `a process ended by itself: ${crash}`),
    ...(problem === null ? compareOutcomes(world, await readOutcome(world), expected) : [problem]),
  ];
  const { scheduler, log, tally } = world;
  return { differences, tally: { ...tally, rebalances: log.generation('scorer'), steps: scheduler.steps } };
}

/** The history arrives bit by bit while things go wrong; then everything is left in peace. */
async function disturb(world: SimWorld, random: SeededRandom, rates: ChaosRates): Promise<void> {
  const { scheduler } = world;
  const chaos = new Chaos(world, random, rates);
  const calm = world.weather;
  world.weather = stormyWeather(random, rates);
  for (let i = random.between(1, 2); i > 0; i--) chaos.startProcess();
  for (let steps = random.between(150, 450); steps > 0; steps--) {
    if (world.hasMore && random.chance(80) && (await world.publish(random.between(1, 8)))) chaos.grew();
    chaos.strike();
    await scheduler.step();
  }
  world.weather = calm;
  if (await world.publish()) chaos.grew();
  if (world.processes.every((process) => process.isStopping)) chaos.startProcess();
}
