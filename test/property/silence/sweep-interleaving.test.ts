import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import { faultPlan, faultySink, faultyStore, type Fault } from '../../support/faulty-adapters.ts';
import { runs } from '../../support/property-runs.ts';
import {
  hastyClock,
  publishControl,
  publishEvents,
  scorerTwin,
  scoresById,
  twinTenant,
  twinWorld,
  type ScorerTwin,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

/*
 * Days of two tenants in different time zones are closed between events. One scorer applies each day to every customer
 * at once, the other sweeps a page now and then, is killed in the midst, and meets lost and half-done calls: a day then
 * reaches a customer now by the sweep, now before the customer's next record. Scores and states must be the same bytes.
 */

const partitions = 2;
const dayMs = 86_400_000;
const firstDay = 20_000;
const tenants = new Map([
  ['kiwi', twinTenant('kiwi', 'Pacific/Auckland')],
  ['maple', twinTenant('maple', 'America/Vancouver')],
]);
const surrogates = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(32));

type Step =
  { readonly event: CustomerRecord } | { readonly closes: string; readonly day: number } | { readonly sweeps: number };

const event = fc
  .record({ surrogate: fc.constantFrom(...surrogates), tenant: fc.constantFrom(...tenants.keys()), hour: fc.nat(23) })
  .map((draw) => ({ draw }));
const step = fc.oneof(
  { weight: 5, arbitrary: event },
  {
    weight: 2,
    arbitrary: fc.record({ closes: fc.constantFrom(...tenants.keys()), days: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 3, arbitrary: fc.record({ sweeps: fc.integer({ min: 1, max: 4 }) }) },
);

/** Draws into a log: each tenant's days only go forward, and events happen on the tenant's open day. */
function toSteps(draws: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Step[] {
  const open = new Map([...tenants.keys()].map((tenant) => [tenant, firstDay]));
  return draws.map((each, i): Step => {
    if ('sweeps' in each) return each;
    if ('closes' in each) {
      const day = (open.get(each.closes) ?? firstDay) + each.days;
      open.set(each.closes, day);
      return { closes: each.closes, day: day - 1 };
    }
    const { surrogate, tenant, hour } = each.draw;
    const occurredAt = (open.get(tenant) ?? firstDay) * dayMs + hour * 3_600_000;
    return { event: aRecord({ eventId: `event ${i}`, surrogate, tenant, occurredAt, receivedAt: occurredAt }) };
  });
}

async function append(world: TwinWorld, each: Step): Promise<void> {
  if ('event' in each) return publishEvents(world, [each.event]);
  if (!('closes' in each)) return;
  const tenant = tenants.get(each.closes);
  if (tenant === undefined) return;
  for (let partition = 0; partition < partitions; partition++) {
    await publishControl(world, partition, dayClosedRecord(tenant, each.day));
  }
}

async function outcome(world: TwinWorld) {
  const scorer = scorerTwin(world, { tenants });
  await scorer.runner.start();
  await world.log.settled();
  await scorer.sweep();
  await scorer.runner.stop();
  const keys = surrogates.flatMap((surrogate) => [...tenants.keys()].map((tenant) => ({ tenant, surrogate })));
  const stored = await world.store.load(keys);
  const states = stored.map((each) => each && decodeState(each.bytes, each.version));
  return { states, scores: await scoresById(world) };
}

async function diligent(steps: readonly Step[]) {
  const world = await twinWorld(partitions, hastyClock());
  const scorer = scorerTwin(world, { tenants });
  await scorer.runner.start();
  for (const each of steps) {
    await append(world, each);
    await world.log.settled();
    await scorer.sweep();
  }
  await scorer.runner.stop();
  return outcome(world);
}

interface Plan {
  readonly store: readonly Fault[];
  readonly sink: readonly Fault[];
  readonly zombie: boolean;
}

/** A scorer that lags, sweeps now and then, and is replaced by another whenever a sweep of it fails. */
async function careless(steps: readonly Step[], plan: Plan) {
  const world = await twinWorld(partitions, hastyClock());
  const newScorer = (groupId?: string) =>
    scorerTwin(world, {
      tenants,
      groupId,
      store: faultyStore(world.store, faultPlan(plan.store)),
      sink: faultySink(world.log.sink(), faultPlan(plan.sink)),
      maxChunkRecords: 3,
    });
  let scorer = newScorer();
  const zombie = plan.zombie ? newScorer('zombie') : null;
  await scorer.runner.start();
  await zombie?.runner.start();
  for (const each of steps) {
    await append(world, each);
    if (!('sweeps' in each)) continue;
    await world.log.settled();
    for (const sweeper of [scorer, ...(zombie === null ? [] : [zombie])]) {
      if (await sweepSome(sweeper, each.sweeps)) continue;
      if (sweeper !== scorer) continue;
      await scorer.runner.stop();
      scorer = newScorer();
      await scorer.runner.start();
    }
  }
  await world.log.settled();
  await scorer.runner.stop();
  await zombie?.runner.stop();
  return outcome(world);
}

/** @returns false when a page failed */
async function sweepSome(scorer: ScorerTwin, pages: number): Promise<boolean> {
  try {
    for (let page = 0; page < pages; page++) await scorer.sweepPage(page % partitions);
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

describe('closing days', () => {
  it('gives the same states and score bytes whenever the sweep comes, fails or is repeated', async () => {
    const fault = fc.constantFrom<Fault>('ok', 'ok', 'ok', 'lost', 'half', 'unheard');
    const plan = fc.record({
      store: fc.array(fault, { maxLength: 20 }),
      sink: fc.array(fault, { maxLength: 12 }),
      zombie: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), plan, async (draws, faults) => {
        const steps = toSteps(draws);
        const [expected, found] = [await diligent(steps), await careless(steps, faults)];
        expect(found.scores).toEqual(expected.scores);
        expect(found.states).toEqual(expected.states);
      }),
      { numRuns: runs(60) },
    );
  });
});
