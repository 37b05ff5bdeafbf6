import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { arbitraryRecord } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { faultPlan, faultySink, faultyStore, type Fault } from '../../support/faulty-adapters.ts';
import { runs } from '../../support/property-runs.ts';
import {
  hastyClock,
  publishEvents,
  scorerTwin,
  scoresById,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

/*
 * Random histories, and a scorer that meets random faults: calls of the store and the log that are lost, half done or
 * unheard, kills after any stage, a second scorer that works on the same records, a store that forgets its newest
 * writes. The states and the set of scores must equal those of one undisturbed run.
 */

const partitions = 2;
const surrogates = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(32));

const history = fc
  .array(
    fc.tuple(
      fc.constantFrom(...surrogates),
      arbitraryRecord({ oldestDays: 600, historical: fc.constant(false) }),
      fc.nat({ max: 9 }),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((draws) => {
    const records: CustomerRecord[] = [];
    for (const [surrogate, record, again] of draws) {
      records.push({ ...record, surrogate });
      if (again === 0) records.push(records[records.length >> 1]);
    }
    return records;
  });

const stages = ['control', 'decode', 'load', 'fold', 'predict', 'set-aside', 'produce', 'write', 'latest', 'commit'];

/** One life of a scorer: what its calls meet, and after which stage (counted) it is killed. */
const life = fc.record({
  store: fc.array(fc.constantFrom<Fault>('ok', 'ok', 'lost', 'half', 'unheard'), { maxLength: 12 }),
  sink: fc.array(fc.constantFrom<Fault>('ok', 'ok', 'lost', 'half', 'unheard'), { maxLength: 8 }),
  killedAfter: fc.constantFrom(...stages.map((stage) => `after-${stage}`)),
  killedAt: fc.integer({ min: 1, max: 6 }),
  withZombie: fc.boolean(),
  cacheCustomers: fc.constantFrom(0, 2, 1000),
  maxChunkRecords: fc.integer({ min: 1, max: 9 }),
  forgets: fc.boolean(),
});

type Life = (typeof life)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

async function liveOnce(world: TwinWorld, plan: Life): Promise<void> {
  let reached = 0;
  const killer = (stage: string): void => {
    if (stage !== plan.killedAfter || ++reached !== plan.killedAt) return;
    throw new EngineError('ERR_INTERNAL', 'killed', { retryable: false });
  };
  const before = world.store.snapshot();
  const twin = scorerTwin(world, {
    store: faultyStore(world.store, faultPlan(plan.store)),
    sink: faultySink(world.log.sink(), faultPlan(plan.sink)),
    onStage: killer,
    cacheCustomers: plan.cacheCustomers,
    maxChunkRecords: plan.maxChunkRecords,
  });
  const zombie = plan.withZombie ? scorerTwin(world, { groupId: 'zombie', maxChunkRecords: 3 }) : null;
  await Promise.all([twin.runner.start(), zombie?.runner.start()]);
  await world.log.settled();
  await Promise.all([twin.runner.stop(), zombie?.runner.stop()]);
  if (plan.forgets) world.store.restore(before);
}

/** A forgetful store is noticed when the next record of a partition comes, so each customer gets a last one. */
const lastEvents = surrogates.map((surrogate) => aRecord({ surrogate, eventId: `last of ${surrogate}` }));

async function finish(world: TwinWorld): Promise<{ states: unknown; scores: Map<string, Score> }> {
  await publishEvents(world, lastEvents);
  const { runner } = scorerTwin(world);
  await runner.start();
  await world.log.settled();
  await runner.stop();
  const stored = await world.store.load(surrogates.map((surrogate) => ({ tenant: 'demo', surrogate })));
  const states = stored.map((each) => each && decodeState(each.bytes, each.version));
  return { states, scores: await scoresById(world) };
}

describe('a scorer under faults', () => {
  it('ends in the states and scores of an undisturbed run, whatever fails or is killed where', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.array(life, { minLength: 1, maxLength: 3 }), async (events, lives) => {
        const calm = await twinWorld(partitions, hastyClock());
        await publishEvents(calm, events);
        const expected = await finish(calm);

        const world = await twinWorld(partitions, hastyClock());
        const cut = Math.ceil(events.length / lives.length);
        for (const [i, plan] of lives.entries()) {
          await publishEvents(world, events.slice(i * cut, (i + 1) * cut));
          await liveOnce(world, plan);
        }
        const found = await finish(world);
        expect(found.scores).toEqual(expected.scores);
        expect(found.states).toEqual(expected.states);
      }),
      { numRuns: runs(200) },
    );
  });
});
