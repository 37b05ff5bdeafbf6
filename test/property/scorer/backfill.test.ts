import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import type { Clock } from '../../../services/core/ports/clock.ts';
import type { StateStore } from '../../../services/core/ports/state-store.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { arbitraryRecord } from '../../support/arbitraries.ts';
import { backfillTwin } from '../../support/backfill-twin.ts';
import { runs } from '../../support/property-runs.ts';
import { publishEvents, scorerTwin, scoresById, twinWorld, type TwinWorld } from '../../support/scorer-twin.ts';

/*
 * Live scorers on one key space, a builder of another, and a switch-over at a random moment: from the live store to the
 * shadow store, one of two scorers at a time, with the builder running, killed or long gone. Every event must have its
 * score, once, with the bytes of an undisturbed run, and the shadow states must be those of a run from scratch.
 */

const partitions = 2;
const surrogates = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(32));

/** Pauses between attempts take a turn of the event loop; the long wait for a member that still works is a real one. */
function briskClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    async sleep(durationMs) {
      if (durationMs > 10_000) await pause(durationMs, undefined, { ref: false });
      else await nextTurn();
      now += durationMs;
    },
  };
}

const history = fc.array(
  fc.tuple(fc.constantFrom(...surrogates), arbitraryRecord({ oldestDays: 600, historical: fc.constant(false) })),
  { minLength: 4, maxLength: 40 },
);

const plan = fc.record({
  history,
  /** How many of the events come before the builder starts, and how many before the switch-over begins. */
  cuts: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  liveChunk: fc.integer({ min: 1, max: 9 }),
  builderChunk: fc.integer({ min: 1, max: 9 }),
  builderCache: fc.constantFrom(0, 2, 1000),
  builderDiesAt: fc.option(fc.integer({ min: 1, max: 30 })),
  builderStopsBeforeSwitch: fc.boolean(),
  hasOverlap: fc.boolean(),
});

async function statesIn(store: StateStore): Promise<unknown[]> {
  const stored = await store.load(surrogates.map((surrogate) => ({ tenant: 'demo', surrogate })));
  return stored.map((each) => each && decodeState(each.bytes, each.version));
}

async function undisturbed(events: readonly CustomerRecord[]): Promise<TwinWorld> {
  const world = await twinWorld(partitions, briskClock());
  await publishEvents(world, events);
  const { runner } = scorerTwin(world);
  await runner.start();
  await world.log.settled();
  await runner.stop();
  return world;
}

describe('a backfill into a shadow key space', () => {
  it('and the switch-over to it end in one score per event and the states of a run from scratch', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ cuts, liveChunk, builderChunk, builderDiesAt, ...rest }) => {
        const events = rest.history.map(([surrogate, record]) => ({ ...record, surrogate }));
        const expected = await undisturbed(events);
        const [first, second] = cuts.map((cut) => Math.floor(cut * events.length)).sort((a, b) => a - b);

        const world = await twinWorld(partitions, briskClock());
        const shadow = createMemoryStateStore();
        const scorer = (store: StateStore) => scorerTwin(world, { store, maxChunkRecords: liveChunk });
        const old = [scorer(world.store), scorer(world.store)];
        await Promise.all(old.map(({ runner }) => runner.start()));
        await publishEvents(world, events.slice(0, first));

        let stages = 0;
        const builder = backfillTwin(world, shadow, {
          maxChunkRecords: builderChunk,
          cacheCustomers: rest.builderCache,
          onStage() {
            if (++stages === builderDiesAt) throw new EngineError('ERR_INTERNAL', 'killed', { retryable: false });
          },
        });
        await builder.runner.start();
        await publishEvents(world, events.slice(first, second));
        if (rest.builderStopsBeforeSwitch) await builder.runner.stop();

        const fresh = [scorer(shadow), scorer(shadow)];
        for (const [i, next] of fresh.entries()) {
          if (rest.hasOverlap) await next.runner.start();
          await old[i].runner.stop();
          if (!rest.hasOverlap) await next.runner.start();
          const share = events.slice(second);
          await publishEvents(world, share.slice((i * share.length) >> 1, ((i + 1) * share.length) >> 1));
        }
        await world.log.settled();
        // Partitions without a next record are compared with the shadow's watermarks by the clock.
        for (const { checkIdle } of fresh) await checkIdle();
        await world.log.settled();
        await Promise.all([builder, ...fresh].map(({ runner }) => runner.stop()));
        expect(await scoresById(world)).toEqual(await scoresById(expected));
        expect(await statesIn(shadow)).toEqual(await statesIn(expected.store));
      }),
      { numRuns: runs(150) },
    );
  });
});
