import { describe, expect, it } from 'vitest';
import { runScenario, type Trouble } from '../../support/simulation/run-scenario.ts';
import type { CallName } from '../../support/simulation/weather.ts';

/*
 * One trouble at one call of a scorer, each by name: what fails here says by its title what broke. The seeded
 * schedules beside this file mix all of it.
 */

const called: Readonly<Record<Exclude<CallName, 'heartbeat'>, string>> = {
  'load-control': 'the load of a partition’s control',
  'load-states': 'the load of customers',
  index: 'the index of customers',
  produce: 'the sending of scores',
  'write-states': 'the compare-and-set of customers',
  'write-watermark': 'the compare-and-set of the watermark',
  'produce-latest': 'the sending of the latest scores',
  commit: 'the commit',
  fetch: 'the arrival of a chunk',
};

const everyTrouble: readonly Trouble[] = [
  'lost', 'unheard', 'slow', 'killed before it arrives', 'killed before the answer', 'taken for dead', 'another joins',
  'reconnected', 'failed over', 'failed over, all lost', 'asked to stop',
]; // prettier-ignore

const ofBatches: readonly CallName[] = ['produce', 'produce-latest', 'write-states'];
const thatChange: readonly CallName[] = [...ofBatches, 'index', 'write-watermark', 'commit'];

function troublesOf(call: CallName): Trouble[] {
  return [
    ...everyTrouble,
    ...(ofBatches.includes(call) ? (['half'] as const) : []),
    ...(thatChange.includes(call) ? (['late'] as const) : []),
  ];
}

const calls = Object.keys(called) as (keyof typeof called)[];
const scenarios = calls.flatMap((call) => troublesOf(call).map((trouble) => ({ call, trouble, name: called[call] })));

describe('at its first time', () => {
  it.each(scenarios)('$name, $trouble, changes no state and no score', async ({ call, trouble }) => {
    expect(await runScenario({ call, nth: 1, trouble })).toEqual({ happened: true, differences: [] });
  });
});

describe('once something is stored', () => {
  const again = scenarios.filter(({ call }) => thatChange.includes(call));
  it.each(again)('$name, $trouble, changes no state and no score', async ({ call, trouble }) => {
    expect(await runScenario({ call, nth: 2, trouble })).toEqual({ happened: true, differences: [] });
  });
});
