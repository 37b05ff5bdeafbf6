import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventsInstallation, provisionEvents } from '../../../support/events-installation.ts';
import { eventually } from '../../../support/eventually.ts';
import { runs } from '../../../support/property-runs.ts';
import { readOutputs, type ScorerOutputs } from '../../../support/scorer-outputs.ts';
import { startService } from '../../../support/service-process.ts';
import { type KillableStack, openKillableStack } from '../../../support/servers/killable-stack.ts';
import { testPrefix } from '../../../support/test-prefix.ts';
import { countDifferences } from './count-differences.ts';
import { DisturbedScorer, type Disturbance, disturbances } from './disturbed-scorer.ts';

/** Each kind once in a normal run, 53 rounds in `npm run prove`. */
const rounds = disturbances.length - 1 + runs(1);

/**
 * A real scorer on a real broker and a real Redis, all of them killed while events come in. Afterwards states, scores and
 * latest scores must be those of a scorer that read the same topic in peace.
 */
describe('a scorer whose process, broker and store are killed in the middle of the traffic', () => {
  let stack: KillableStack;
  let events: EventsInstallation;

  beforeAll(async () => {
    stack = await openKillableStack();
    events = await provisionEvents({ customers: 60, events: 300, partitions: 3, stack: stack.addresses });
  });

  afterAll(async () => {
    await events.remove();
    await stack.close();
  });

  async function runUndisturbed(): Promise<ScorerOutputs> {
    const twin = testPrefix();
    const scorer = await startService('scorer', events.scorerEnv(twin));
    try {
      await eventually(() => events.expectDone(twin), { timeoutMs: 90_000, intervalMs: 200 });
    } finally {
      expect(await scorer.stop()).toBe(0);
    }
    return readOutputs(twin, events, stack.addresses.redis);
  }

  it('ends in the states, score ids, bytes and latest scores of one that was never disturbed', async () => {
    const twin = testPrefix();
    const scorer = await DisturbedScorer.start(stack, events, twin);
    const done = new Map<Disturbance, number>(disturbances.map((each) => [each, 0]));
    for (let round = 0; round < rounds; round++) {
      const disturbance = disturbances[round % disturbances.length];
      await scorer.round(disturbance, 3 + ((round * 7) % 20));
      done.set(disturbance, (done.get(disturbance) ?? 0) + 1);
    }
    // Records on every partition once more: a store that forgot the very last writes is found out by the next chunk.
    for (let slice = 0; slice < 3; slice++) await scorer.publishSlice();
    await scorer.done();
    await scorer.stop();

    const disturbed = await readOutputs(twin, events, stack.addresses.redis);
    const undisturbed = await runUndisturbed();
    const differences = countDifferences(disturbed, undisturbed);
    const count = (Object.values(differences) as string[][]).flat().length;
    const kinds = [...done].map(([kind, times]) => `${kind} ${times}`).join(', ');
    console.log(
      `Real rounds: ${rounds} (${kinds}; failovers lost ${scorer.lostBytes} bytes), ` +
        `${undisturbed.scores.size} scores, ${undisturbed.states.size} customers, differences ${count}.`,
    );
    expect(differences).toEqual({
      differingRepeats: [],
      missingScores: [],
      surplusScores: [],
      differingScores: [],
      differingStates: [],
      differingLatest: [],
    });
    expect(undisturbed.scores.size).toBeGreaterThan(rounds * 200);
    expect(scorer.lostBytes).toBeGreaterThan(0);
  });
});
