import { drawHistory, type SimHistory } from './sim-history.ts';
import { compareOutcomes, readOutcome, type SimOutcome } from './sim-outcome.ts';
import type { SimProcess } from './sim-process.ts';
import { SimWorld } from './sim-world.ts';
import { SeededRandom } from './seeded-random.ts';
import { undisturbed } from './simulate.ts';
import type { CallName, Fate } from './weather.ts';

/** What happens instead of a call that works, or while it is under way. */
export type Trouble =
  | Exclude<Fate, 'ok'>
  | 'slow'
  | 'killed before it arrives'
  | 'killed before the answer'
  | 'taken for dead'
  | 'another joins'
  | 'reconnected'
  | 'failed over'
  | 'failed over, all lost'
  | 'asked to stop';

export interface Scenario {
  readonly call: CallName;
  /** Which call of this name meets the trouble, from 1 on. */
  readonly nth: number;
  readonly trouble: Trouble;
}

const settings = {
  maxChunkRecords: 4,
  cacheCustomers: 1_000,
  partitionsConcurrently: 2,
  sweepPageSize: 2,
  sweepEveryMs: 700,
};
const historySeed = 4_711;
const slowMs = 90_000;
const untilEffectMs = 20;

const history: SimHistory = drawHistory(new SeededRandom(historySeed), {
  partitions: 2,
  customers: 4,
  events: 24,
  oldestDays: 400,
  grows: false,
});

let expected: Promise<SimOutcome> | null = null;

export interface ScenarioResult {
  /** Whether the call ever came that was to meet the trouble. */
  readonly happened: boolean;
  readonly differences: readonly string[];
}

/** One scorer, one trouble at one call; then peace, with a second scorer where the first has ended. */
export async function runScenario({ call, nth, trouble }: Scenario): Promise<ScenarioResult> {
  expected ??= undisturbed(history);
  const world = new SimWorld({ random: new SeededRandom(1), history, rebalanceTimeoutMs: 10_000, noticeMs: 2_000 });
  const calm = world.weather;
  let seen = 0;
  let victim: SimProcess | null = null;
  let happened = false;
  world.weather = (made) => {
    if (made.process !== victim?.id || made.name !== call || ++seen !== nth) return calm(made);
    happened = true;
    return strike(world, victim, trouble) ?? calm(made);
  };
  await world.publish();
  victim = world.startProcess(settings);
  const problem = await world.settle();
  const differences = [...world.crashes, ...(problem === null ? [] : [problem])];
  if (differences.length > 0) return { happened, differences };
  return { happened, differences: compareOutcomes(world, await readOutcome(world), await expected) };
}

/** Lets the trouble come over a call that was just made. @returns its forecast; undefined when the call itself works */
function strike(world: SimWorld, victim: SimProcess, trouble: Trouble) {
  const working = { fate: 'ok', requestMs: 10, replyMs: 2 * untilEffectMs } as const;
  const soon = (delayMs: number, what: () => void): void =>
    world.scheduler.add({ owner: -1, delayMs, label: trouble }, what);
  const replaced = (what: () => void) => (): void => {
    what();
    world.startProcess(settings);
  };
  switch (trouble) {
    case 'lost':
    case 'half':
    case 'unheard':
    case 'late':
      return { fate: trouble, requestMs: 5, replyMs: 5 };
    case 'slow':
      return { ...working, requestMs: slowMs };
    case 'killed before it arrives':
      soon(
        1,
        replaced(() => world.kill(victim, true)),
      );
      return working;
    case 'killed before the answer':
      soon(
        untilEffectMs,
        replaced(() => world.kill(victim, false)),
      );
      return working;
    case 'taken for dead':
      soon(
        0,
        replaced(() => world.lose(victim)),
      );
      return { ...working, requestMs: slowMs };
    case 'another joins':
      soon(0, () => void world.startProcess(settings));
      return { ...working, replyMs: slowMs };
    case 'reconnected':
      soon(untilEffectMs, () => world.reconnect(victim));
      return working;
    case 'failed over':
      soon(untilEffectMs, () => world.failOver(3, () => 0));
      return working;
    case 'failed over, all lost':
      soon(untilEffectMs, () => world.failOver(1_000, () => 15));
      return working;
    case 'asked to stop':
      soon(
        1,
        replaced(() => victim.stop()),
      );
      return working;
  }
}
