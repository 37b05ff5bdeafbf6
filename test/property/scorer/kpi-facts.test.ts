import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { horizonDays } from '../../../services/core/features/horizon.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { arbitraryRecord, newestEventAt } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { publishedFacts, withoutCopies } from '../../support/counted-facts.ts';
import { faultPlan, faultySink, faultyStore, type Fault } from '../../support/faulty-adapters.ts';
import { naiveFacts } from '../../support/naive-facts.ts';
import { runs } from '../../support/property-runs.ts';
import {
  hastyClock,
  publishControl,
  publishEvents,
  scorerTwin,
  scoresById,
  twinTenant,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

/*
 * Events of a few customers in any order of their times, some repeated, some taken back, with days that end between them.
 * One scorer goes through it undisturbed and sweeps each day at once; another sweeps late, meets lost and half-done
 * calls, is killed at a random stage, and may have a second one beside it that never learnt that its time was over.
 */

const partitions = 2;
const dayMs = 86_400_000;
const oldestDays = 60;
const newestDay = Math.floor(newestEventAt / dayMs);
/** No day that ends later, so that every event is inside the horizon whenever it comes. */
const lastDay = newestDay - oldestDays + horizonDays - 5;
const surrogates = ['1', '2', '3'].map((digit) => digit.repeat(32));
const tenant = twinTenant('demo', 'UTC');

const unread = fc.constantFrom(
  'order.fulfilled', 'offer.shown', 'page.viewed', 'page.viewed', 'lead.captured', 'member.registered', 'payment.made',
); // prettier-ignore
const act = fc.constantFrom('session.started', 'login', 'product.viewed', 'case.opened', 'coupon.redeemed');

const event = fc
  .record({
    surrogate: fc.constantFrom(...surrogates),
    record: arbitraryRecord({ oldestDays, historical: fc.boolean() }),
    type: fc.oneof(fc.constant(null), unread, act),
    // Few days, so that several acts meet on one.
    recentDay: fc.option(fc.nat(2)),
  })
  .map(({ surrogate, record, type, recentDay }): CustomerRecord => {
    const at = recentDay === null ? null : newestEventAt - recentDay * dayMs;
    const times = at === null ? {} : { occurredAt: at, receivedAt: at };
    return { ...record, ...times, surrogate, type: type ?? record.type };
  });

type Step = CustomerRecord | { readonly closes: number };

const steps = fc
  .array(
    fc.oneof(
      { weight: 10, arbitrary: event },
      { weight: 2, arbitrary: fc.record({ repeats: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ takesBack: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ daysPass: fc.integer({ min: 1, max: 80 }) }) },
    ),
    { minLength: 3, maxLength: 50 },
  )
  .map((draws) => {
    const log: Step[] = [];
    const events: CustomerRecord[] = [];
    let day = newestDay - 3;
    for (const draw of draws) {
      if ('daysPass' in draw) {
        day += draw.daysPass;
        if (day <= lastDay) log.push({ closes: day });
      } else if ('repeats' in draw) {
        if (events.length > 0) log.push(events[draw.repeats % events.length]);
      } else if ('takesBack' in draw) {
        if (events.length > 0) log.push(retractionOf(events[draw.takesBack % events.length]));
      } else {
        events.push(draw);
        log.push(draw);
      }
    }
    return log;
  });

function retractionOf(original: CustomerRecord): CustomerRecord {
  const { surrogate, eventId, source } = original;
  const at = newestEventAt;
  const kind = 'event-retracted';
  return aRecord({
    kind,
    type: '',
    eventId: `retracted:${eventId}`,
    source,
    surrogate,
    occurredAt: at,
    retracted: original,
  });
}

async function append(world: TwinWorld, step: Step): Promise<void> {
  if (!('closes' in step)) return publishEvents(world, [step]);
  for (let partition = 0; partition < partitions; partition++) {
    await publishControl(world, partition, dayClosedRecord(tenant, step.closes));
  }
}

async function finish(world: TwinWorld): Promise<readonly KpiFact[]> {
  const last = scorerTwin(world);
  await last.runner.start();
  await world.log.settled();
  await last.sweep();
  await last.runner.stop();
  return withoutCopies(await publishedFacts(world));
}

async function undisturbed(log: readonly Step[]) {
  const world = await twinWorld(partitions, hastyClock());
  const scorer = scorerTwin(world);
  await scorer.runner.start();
  for (const step of log) {
    await append(world, step);
    await world.log.settled();
    if ('closes' in step) await scorer.sweep();
  }
  await scorer.runner.stop();
  return { facts: await finish(world), scores: await scoresById(world) };
}

const plan = fc.record({
  store: fc.array(fc.constantFrom<Fault>('ok', 'ok', 'ok', 'lost', 'half', 'unheard'), { maxLength: 20 }),
  sink: fc.array(fc.constantFrom<Fault>('ok', 'ok', 'ok', 'lost', 'half', 'unheard'), { maxLength: 12 }),
  diesAt: fc.option(fc.integer({ min: 1, max: 60 })),
  hasZombie: fc.boolean(),
  chunk: fc.integer({ min: 1, max: 9 }),
  cacheCustomers: fc.constantFrom(0, 1, 1000),
});

async function disturbed(log: readonly Step[], faults: typeof plan extends fc.Arbitrary<infer T> ? T : never) {
  const world = await twinWorld(partitions, hastyClock());
  let stages = 0;
  const options: TwinOptions = {
    store: faultyStore(world.store, faultPlan(faults.store)),
    sink: faultySink(world.log.sink(), faultPlan(faults.sink)),
    maxChunkRecords: faults.chunk,
    cacheCustomers: faults.cacheCustomers,
    onStage() {
      if (++stages === faults.diesAt) throw new EngineError('ERR_INTERNAL', 'killed', { retryable: false });
    },
  };
  const zombie = faults.hasZombie ? scorerTwin(world, { groupId: 'zombie', maxChunkRecords: 2 }) : null;
  const scorer = scorerTwin(world, options);
  await zombie?.runner.start();
  await scorer.runner.start();
  for (const step of log) await append(world, step);
  await world.log.settled();
  await scorer.sweep().catch((error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
  });
  await scorer.runner.stop();
  await zombie?.runner.stop();
  return finish(world);
}

describe('facts for KPIs', () => {
  it('are those of the definition, once, whatever is repeated, taken back, killed or done twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, plan, async (log, faults) => {
        const { facts } = await undisturbed(log);
        const idOf = new Map<string, string>();
        for (const surrogate of surrogates) {
          const records = log.filter(
            (step): step is CustomerRecord => !('closes' in step) && step.surrogate === surrogate,
          );
          const found = facts.filter((fact) => fact.kind === 'event' && fact.surrogate === surrogate);
          const expected = naiveFacts(records);
          expect(found.map(({ type, sign }) => ({ type, sign }))).toEqual(
            expected.map(({ type, sign }) => ({ type, sign })),
          );
          // One id per event, and one event per id.
          expected.forEach(({ eventId }, i) => {
            expect(idOf.get(eventId) ?? found[i].factId).toBe(found[i].factId);
            idOf.set(eventId, found[i].factId);
          });
        }
        expect(new Set(idOf.values()).size).toBe(idOf.size);
        const again = await disturbed(log, faults);
        const byPlace = (all: readonly KpiFact[]) => all.map((fact) => JSON.stringify(fact)).sort();
        expect(byPlace(again)).toEqual(byPlace(facts));
      }),
      { numRuns: runs(60) },
    );
  });

  it('carry the standing of the score made with them, and say where a customer stands after every score', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (log) => {
        const { facts, scores } = await undisturbed(log);
        const latest = new Map<string, { stage: string | null; tier: string | null; level: string }>();
        for (const { kind, surrogate, standing } of facts) {
          if (standing === null) continue;
          const { stage, tier, level } = standing;
          const before = latest.get(surrogate) ?? { stage: null, tier: null, level: 'none' };
          if (kind === 'standing') expect({ stage, tier, level }).not.toEqual(before);
          latest.set(surrogate, { stage, tier, level });
        }
        const newest = new Map([...scores.values()].map((score) => [score.surrogate, score]));
        for (const [surrogate, { stage, tier, level }] of newest)
          expect(latest.get(surrogate) ?? { stage: null, tier: null, level: 'none' }).toEqual({ stage, tier, level });
        const told = new Set(facts.flatMap(({ kind, factId }) => (kind === 'standing' ? [factId] : [])));
        for (const id of told) expect(scores.has(id)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });
});
