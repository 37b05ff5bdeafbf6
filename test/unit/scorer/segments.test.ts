import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import type { SegmentChanges } from '../../../services/core/segments/segment-changes.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import {
  publishControl,
  publishEvents,
  scoresById,
  segmentCodec,
  testModel,
  twinActivation,
  twinTenant,
  twinTopics,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const today = Math.floor(Date.UTC(2026, 0, 15) / dayMs);
const ann = 'a'.repeat(32);
const tenant = twinTenant('demo', 'UTC');
const start = startedTwins();

const order = (eventId: string, day: number, overrides: Partial<CustomerRecord> = {}): CustomerRecord => {
  const occurredAt = day * dayMs + dayMs / 2;
  return aRecord({ eventId, surrogate: ann, occurredAt, receivedAt: occurredAt, ...overrides });
};
const spent = (eventId: string, day: number, minor: number): CustomerRecord =>
  order(eventId, day, { amountMinor: minor, reportingAmountMinor: minor });

async function run(world: TwinWorld, options: TwinOptions = {}): Promise<void> {
  const twin = await start(world, options);
  await world.log.settled();
  await twin.runner.stop();
}

/** Records on the topic of changes, in order; repeated ones as often as they stand there. */
async function published({ log }: TwinWorld): Promise<SegmentChanges[]> {
  const decoded = await segmentCodec.decode(log.records(twinTopics.segments).map(({ value }) => value));
  return decoded.map((value) => {
    if (value instanceof EngineError) throw value;
    return value;
  });
}

async function changesOf(world: TwinWorld, scheme: string) {
  const all = await published(world);
  return all.flatMap(({ eventId, changes }) =>
    changes.filter((change) => change.scheme === scheme).map((change) => ({ eventId, ...change })),
  );
}

async function closeDay(world: TwinWorld, day: number): Promise<void> {
  await publishControl(world, 0, dayClosedRecord(tenant, day));
  await world.log.settled();
}

/** Six purchase days in the year, and spend just below the cut-off of core customers (1,000.00). */
const nearlyCore = [0, 1, 2, 3, 4, 5].map((i) => spent(`before-${i}`, today - 60 + 10 * i, 16_500));

describe('a customer who crosses a cut-off', () => {
  it('gives exactly one change, with old, new, cause and what decided', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [...nearlyCore, spent('crossing', today, 2_000), spent('after', today, 500)]);
    await run(world);
    const [change, ...others] = (await changesOf(world, 'retail5')).filter((each) => each.new === 'core');
    expect(others).toEqual([]);
    expect(change).toEqual({
      eventId: 'crossing', kind: 'tier', scheme: 'retail5', old: 'important', new: 'core', because: 'purchase_days_365',
    }); // prettier-ignore
    const record = (await published(world)).find(({ eventId }) => eventId === 'crossing');
    expect(record).toMatchObject({
      cause: 'event', eventType: 'order.placed', at: today * dayMs + dayMs / 2, segments: twinActivation.segments,
    }); // prettier-ignore
  });

  it('gives it once, with the same bytes, when the process dies between publishing and storing', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [...nearlyCore, spent('crossing', today, 2_000)]);
    let deaths = 0;
    const stored = world.store;
    const dying = {
      ...stored,
      compareAndSet: async (...updates: Parameters<typeof stored.compareAndSet>) => {
        const isCustomer = updates[0].some(({ key }) => key.surrogate === ann);
        if (!isCustomer || deaths++ > 0) return stored.compareAndSet(...updates);
        throw new EngineError('ERR_STORE_UNAVAILABLE', 'The store went away.', { retryable: true });
      },
    };
    await run(world, { store: dying, maxChunkRecords: 50 });
    expect(deaths).toBeGreaterThan(1);
    const all = await published(world);
    const crossing = all.filter(({ eventId }) => eventId === 'crossing');
    expect(crossing).toHaveLength(2);
    expect(crossing[1]).toEqual(crossing[0]);
    expect(new Set(all.map(({ changeId }) => changeId)).size).toBe(new Set(all.map(({ eventId }) => eventId)).size);
  });

  it('gives none while the spend wavers at the cut-off', async () => {
    const world = await twinWorld(1);
    const small = [0, 1, 2, 3].map((i) => spent(`small-${i}`, today, 500));
    const takenBack = small.map((retracted, i) =>
      aRecord({ kind: 'event-retracted', eventId: `back-${i}`, surrogate: ann, retracted }),
    );
    // 1,000.00 with each small order and 995.00 without it.
    const wavering = small.flatMap((each, i) => [each, takenBack[i]]);
    await publishEvents(world, [...nearlyCore, spent('crossing', today, 500), ...wavering]);
    await run(world);
    expect((await changesOf(world, 'retail5')).at(-1)).toMatchObject({ eventId: 'small-0', new: 'core' });
    expect([...(await scoresById(world)).keys()].length).toBe(nearlyCore.length + 1 + wavering.length);
  });
});

describe('the score', () => {
  it('carries tier and stage of the primary scheme and machine', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('first', today), order('second', today + 20)]);
    await run(world);
    const scores = [...(await scoresById(world)).values()].sort((a, b) => a.stateVersion - b.stateVersion);
    expect(scores.map(({ stage }) => stage)).toEqual(['lifecycle5.new', 'lifecycle5.active']);
    expect(scores.map(({ tier }) => tier)).toEqual(['retail5.ordinary', 'retail5.important']);
  });
});

describe('silence', () => {
  it('makes a customer dormant and then lapsed, by the day and without an event, and says so in the score', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    await publishEvents(world, [order('first', today), order('second', today + 40)]);
    await world.log.settled();
    // Bought every forty days: dormant when eighty days have passed, lapsed after 180.
    for (const passed of [79, 80, 180]) {
      await closeDay(world, today + 40 + passed);
      await twin.sweep();
    }
    await twin.runner.stop();
    const changes = await changesOf(world, 'lifecycle5');
    expect(changes.map(({ eventId, old, new: now, because }) => [eventId, old, now, because])).toEqual([
      ['first', null, 'new', 'purchase'],
      ['second', 'new', 'active', 'repeat-purchase'],
      [`day:demo:${tenant.calendar.isoDate(today + 120)}`, 'active', 'dormant', 'silence'],
      [`day:demo:${tenant.calendar.isoDate(today + 220)}`, 'dormant', 'lapsed', 'silence'],
    ]);
    const last = [...(await scoresById(world)).values()].sort((a, b) => a.stateVersion - b.stateVersion).at(-1);
    expect(last).toMatchObject({ cause: 'day', stage: 'lifecycle5.lapsed', tier: 'retail5.lapsed' });
  });
});

describe('an activation with other cut-offs', () => {
  it('moves a customer at their next record, and names itself as the cause', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [spent('first', today, 5_000)]);
    const tierCutoffs = [...twinActivation.tierCutoffs, { scheme: 'retail5', tier: 'much', cutoff: 20 }];
    const activation = { ...twinActivation, activationId: 'b'.repeat(32), tierCutoffs };
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'b', at: 0, activation }));
    await publishEvents(world, [spent('second', today, 1)]);
    await run(world);
    const record = (await published(world)).find(({ eventId }) => eventId === 'second');
    expect(record).toMatchObject({ cause: 'activation', activationId: 'b'.repeat(32) });
    expect(record?.changes).toContainEqual({
      kind: 'tier', scheme: 'retail5', old: 'ordinary', new: 'important', because: 'spend_365',
    }); // prettier-ignore
  });

  it('without segments assigns none, and its scores say nothing of them', async () => {
    const world = await twinWorld(1);
    const activation = { ...twinActivation, activationId: 'c'.repeat(32), segments: null };
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'c', at: 0, activation }));
    await publishEvents(world, [order('first', today)]);
    await run(world);
    expect(await published(world)).toEqual([]);
    expect([...(await scoresById(world)).values()]).toMatchObject([{ tier: null, stage: null }]);
  });

  it('of a configuration that is not here halts the partition and says which', async () => {
    const world = await twinWorld(1);
    const activation = { ...twinActivation, activationId: 'd'.repeat(32), segments: '9+00000000' };
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'd', at: 0, activation }));
    await publishEvents(world, [order('first', today)]);
    const { runner } = await start(world);
    await eventually(() => expect(runner.problems()[0]).toContain('segment configuration "9+00000000"'));
    expect(await published(world)).toEqual([]);
  });
});

describe('a model that goes wrong', () => {
  it('moves nobody between the tiers that rank by what it says', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('good', today)]);
    await run(world);
    await publishEvents(world, [order('bad', today + 1)]);
    await run(world, { model: testModel(() => Number.NaN) });
    expect((await changesOf(world, 'value3')).map(({ eventId }) => eventId)).toEqual(['good']);
  });
});
