import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { decodePartitionControl } from '../../../services/scorer/partition-control.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import {
  deadLetterCodec,
  eventCodec,
  publishControl,
  publishEvents,
  scoresById,
  testModel,
  twinActivation,
  twinTopics,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const day = 86_400_000;
const ann = 'a'.repeat(32);
const bob = 'b'.repeat(32);
const run = startedTwins();

async function runToEnd(world: TwinWorld, options: TwinOptions = {}) {
  const twin = await run(world, options);
  await world.log.settled();
  await twin.runner.stop();
  return twin;
}

function order(surrogate: string, overrides: Partial<CustomerRecord> = {}): CustomerRecord {
  return aRecord({ surrogate, ...overrides });
}

async function storedState(world: TwinWorld, surrogate: string) {
  const [stored] = await world.store.load([{ tenant: 'demo', surrogate }]);
  return stored === null ? null : decodeState(stored.bytes, stored.version);
}

describe('the scorer', () => {
  it('publishes one score per event that a feature reads, and none for others', async () => {
    const world = await twinWorld(2);
    await publishEvents(world, [order(ann), order(ann, { type: 'page.viewed' }), order(bob), order(ann)]);
    await runToEnd(world);
    const scores = [...(await scoresById(world)).values()];
    expect(scores.map(({ surrogate }) => surrogate).sort()).toEqual([ann, ann, bob]);
    expect(scores.every(({ cause, degraded }) => cause === 'event' && !degraded)).toBe(true);
  });

  it('keeps the latest score of each customer on the compacted topic', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann), order(bob), order(ann)]);
    await runToEnd(world);
    const latest = new Map(world.log.records(twinTopics.latest).map(({ key, value }) => [key, value]));
    const newest = new Map(world.log.records(twinTopics.scores).map(({ key, value }) => [key, value]));
    expect(latest).toEqual(newest);
  });

  it('puts a corrupt record aside with its bytes and scores its neighbours', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann)]);
    const corrupt = Buffer.from('not avro');
    await world.log.sink().publish([{ topic: twinTopics.events, key: ann, value: corrupt }]);
    await publishEvents(world, [order(bob)]);
    await runToEnd(world);
    expect((await scoresById(world)).size).toBe(2);
    const letters = await deadLetterCodec.decode(world.log.records(twinTopics.deadLetters).map(({ value }) => value));
    expect(letters).toMatchObject([{ code: 'ERR_RECORD_DECODE', original: corrupt, step: 'scorer', offset: 3 }]);
  });

  it('puts an event of a tenant it does not know aside', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann, { tenant: 'stranger' }), order(bob)]);
    await runToEnd(world);
    expect([...(await scoresById(world)).values()].map(({ surrogate }) => surrogate)).toEqual([bob]);
    expect(world.log.records(twinTopics.deadLetters)).toHaveLength(1);
  });

  it('sends a live event beyond the horizon to the late topic and changes nothing', async () => {
    const world = await twinWorld(1);
    const now = Date.UTC(2026, 0, 15);
    await publishEvents(world, [
      order(ann, { occurredAt: now }),
      order(ann, { occurredAt: now - 500 * day, receivedAt: now }),
    ]);
    await runToEnd(world);
    expect((await scoresById(world)).size).toBe(1);
    expect(world.log.records(twinTopics.late)).toHaveLength(1);
    expect((await storedState(world, ann))?.blocks[0].features.lifetimePurchases).toBe(1);
  });

  it('marks a corrected score late and names the one it supersedes', async () => {
    const world = await twinWorld(1);
    const now = Date.UTC(2026, 0, 15);
    await publishEvents(world, [
      order(ann, { eventId: 'first', occurredAt: now }),
      order(ann, { eventId: 'late', occurredAt: now - 10 * day, receivedAt: now }),
    ]);
    await runToEnd(world);
    const scores = [...(await scoresById(world)).values()];
    const first = scores.find(({ eventId }) => eventId === 'first');
    const late = scores.find(({ eventId }) => eventId === 'late');
    expect(late).toMatchObject({ cause: 'late', supersedes: first?.scoreId, asOf: first?.asOf });
    expect(late?.churn).not.toEqual(first?.churn);
  });

  it('counts an event once although ingest let it through twice', async () => {
    const world = await twinWorld(1);
    const event = order(ann);
    await publishEvents(world, [event, order(ann), event]);
    await runToEnd(world);
    expect((await scoresById(world)).size).toBe(2);
    expect((await storedState(world, ann))?.blocks[0].features.lifetimePurchases).toBe(2);
  });

  it('never lets a page view change what a score says (its id is sealed in the state by scored events only)', async () => {
    const world = await twinWorld(1);
    const envelope = { keyId: 'k', fields: [{ name: 'customerRef', sealed: Buffer.from('sealed') }] };
    await publishEvents(world, [order(ann), order(ann, { type: 'page.viewed', envelope })]);
    await runToEnd(world);
    expect((await storedState(world, ann))?.sealedRef).toBeNull();
  });
});

describe('a model that goes wrong', () => {
  it.each([
    { what: 'NaN', value: Number.NaN },
    { what: 'infinity', value: Number.POSITIVE_INFINITY },
  ])('publishes a degraded score with the last good figures and a dead letter for $what', async ({ value }) => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann, { eventId: 'good' })]);
    await runToEnd(world);
    await publishEvents(world, [order(ann, { eventId: 'bad' })]);
    await runToEnd(world, { model: testModel(() => value) });
    const scores = [...(await scoresById(world)).values()];
    const good = scores.find(({ eventId }) => eventId === 'good');
    expect(scores.find(({ eventId }) => eventId === 'bad')).toMatchObject({
      degraded: true,
      churn: good?.churn,
      level: good?.level,
    });
    expect(world.log.records(twinTopics.deadLetters)).toHaveLength(1);
  });

  it('marks a first score degraded too, with figures that say nothing', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann)]);
    await runToEnd(world, { model: testModel(() => Number.NaN) });
    const [score] = (await scoresById(world)).values();
    expect(score).toMatchObject({ degraded: true, level: 'none', expectedSpend90d: null });
  });
});

describe('control records', () => {
  it('halt the partition at a kind that is not served, after what came before it', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann)]);
    const linked = aRecord({ kind: 'identity-linked', surrogate: ann });
    await publishEvents(world, [linked, order(bob)]);
    const { runner } = await run(world);
    await eventually(() => expect(runner.problems()).toHaveLength(1));
    expect(runner.problems()[0]).toContain('identity-linked');
    expect([...(await scoresById(world)).values()].map(({ surrogate }) => surrogate)).toEqual([ann]);
    expect(world.log.committed('scorer', twinTopics.events, 0)).toBe(3);
  });

  it('halt the partition at an activation of a model that is not here', async () => {
    const world = await twinWorld(1);
    const activation = { ...twinActivation, stableModel: 'test/2', stableModelHash: 'other' };
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'b', at: 0, activation }));
    await publishEvents(world, [order(ann)]);
    const { runner } = await run(world);
    await eventually(() => expect(runner.problems()[0]).toContain('test/2'));
    expect((await scoresById(world)).size).toBe(0);
  });

  it('let a closed day move the business day of the next score', async () => {
    const world = await twinWorld(1);
    const occurredAt = Date.UTC(2026, 0, 15, 12);
    const closed = Math.floor(occurredAt / day) + 3;
    await publishEvents(world, [order(ann, { occurredAt })]);
    const dayClosed = { day: closed, timezone: 'UTC' };
    await publishControl(
      world,
      0,
      controlRecord({ kind: 'day-closed', controlId: 'd', at: 0, tenant: 'demo', dayClosed }),
    );
    await publishEvents(world, [order(ann, { eventId: 'after', occurredAt })]);
    await runToEnd(world);
    const after = [...(await scoresById(world)).values()].find(({ eventId }) => eventId === 'after');
    expect(after).toMatchObject({ asOf: closed + 1, cause: 'late' });
  });
});

describe('a store that went backwards', () => {
  it('is noticed after a reconnect, and the partition is read again from the stored watermark', async () => {
    const world = await twinWorld(1);
    const calm = await twinWorld(1);
    const events = Array.from({ length: 30 }, (_, i) => order(i % 2 === 0 ? ann : bob, { eventId: `e${i}` }));
    await publishEvents(calm, events);
    await runToEnd(calm);

    await publishEvents(world, events.slice(0, 10));
    await runToEnd(world);
    const early = world.store.snapshot();
    await publishEvents(world, events.slice(10, 20));
    await runToEnd(world);
    world.store.restore(early);
    await publishEvents(world, events.slice(20));
    const { regressions } = await runToEnd(world);

    expect(regressions).toEqual([12]);
    expect(await scoresById(world)).toEqual(await scoresById(calm));
    expect(await storedState(world, ann)).toEqual(await storedState(calm, ann));
  });

  it('is read again while records are being worked on', async () => {
    const world = await twinWorld(1);
    const events = Array.from({ length: 21 }, (_, i) => order(ann, { eventId: `e${i}` }));
    await publishEvents(world, events);
    const empty = world.store.snapshot();
    let writes = 0;
    await runToEnd(world, {
      onStage: (stage) => {
        if (stage === 'after-write' && ++writes === 2) world.store.restore(empty);
      },
    });
    expect((await storedState(world, ann))?.blocks[0].features.lifetimePurchases).toBe(21);
    expect((await scoresById(world)).size).toBe(21);
  });

  it('is rebuilt from the beginning when it is empty', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann), order(ann)]);
    await runToEnd(world);
    world.store.restore(new Map());
    await publishEvents(world, [order(ann)]);
    const { regressions } = await runToEnd(world);
    expect(regressions).toEqual([0]);
    expect((await storedState(world, ann))?.blocks[0].features.lifetimePurchases).toBe(3);
  });
});

describe('an idle partition whose states were forgotten', () => {
  it('is read again without waiting for the next record, and once only', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann), order(ann)]);
    const twin = await run(world);
    await world.log.settled();
    world.store.restore(new Map());
    await twin.checkIdle();
    await world.log.settled();
    expect((await storedState(world, ann))?.blocks[0].features.lifetimePurchases).toBe(2);
    expect((await scoresById(world)).size).toBe(2);
    await twin.checkIdle();
    expect(twin.regressions).toEqual([0]);
  });

  it('is left alone while its watermark fits', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann)]);
    const twin = await run(world);
    await world.log.settled();
    await twin.checkIdle();
    expect(twin.regressions).toEqual([]);
  });
});

describe('the watermark', () => {
  it('stands at the last offset done', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann), order(bob)]);
    await runToEnd(world);
    const [stored] = await world.store.load([{ tenant: '~partition', surrogate: '0' }]);
    const control = decodePartitionControl(stored?.bytes ?? Buffer.alloc(0), stored?.version ?? 0);
    expect(control).toMatchObject({ watermark: 3, epoch: 1, activation: twinActivation });
  });
});

describe('the codec of the twin', () => {
  it('round-trips the events it publishes', async () => {
    const event = order(ann);
    expect(await eventCodec.decode([eventCodec.encode(event)])).toEqual([event]);
  });
});
