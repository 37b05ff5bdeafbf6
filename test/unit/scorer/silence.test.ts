import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import {
  deadLetterCodec,
  publishControl,
  publishEvents,
  scoresById,
  twinTenant,
  twinTopics,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const today = Math.floor(Date.UTC(2026, 0, 15) / dayMs);
const ann = 'a'.repeat(32);
const bob = 'b'.repeat(32);
const tenant = twinTenant('demo', 'UTC');
const start = startedTwins();

async function closeDay(world: TwinWorld, day: number): Promise<void> {
  await publishControl(world, 0, dayClosedRecord(tenant, day));
  await world.log.settled();
}

function order(surrogate: string, day: number, overrides: Partial<CustomerRecord> = {}): CustomerRecord {
  const occurredAt = day * dayMs + dayMs / 2;
  return aRecord({ surrogate, occurredAt, receivedAt: occurredAt, ...overrides });
}

async function storedState(world: TwinWorld, surrogate: string) {
  const [stored] = await world.store.load([{ tenant: 'demo', surrogate }]);
  return decodeState(stored?.bytes ?? Buffer.alloc(0), stored?.version ?? 0);
}

async function scoresOf(world: TwinWorld, surrogate: string) {
  const all = [...(await scoresById(world)).values()];
  return all.filter((score) => score.surrogate === surrogate).sort((a, b) => a.stateVersion - b.stateVersion);
}

describe('a closed day', () => {
  it('scores a customer who was silent for long, under the id of the day', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    await publishEvents(world, [order(ann, today)]);
    await closeDay(world, today + 60);
    await twin.sweep();
    const [first, second] = await scoresOf(world, ann);
    expect(first.cause).toBe('event');
    expect(second).toMatchObject({
      cause: 'day',
      asOf: today + 61,
      eventId: `day:demo:${tenant.calendar.isoDate(today + 60)}`,
    });
    expect((await storedState(world, ann)).closedDay).toBe(today + 60);
    expect(world.log.records(twinTopics.latest).filter(({ key }) => key === ann)).toHaveLength(2);
  });

  it('says that silence after imported history is history too, until the customer has done something live', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    await publishEvents(world, [order(ann, today, { historical: true }), order(bob, today)]);
    await closeDay(world, today + 60);
    await twin.sweep();
    expect((await scoresOf(world, ann))[1]).toMatchObject({ cause: 'day', historical: true });
    expect((await scoresOf(world, bob))[1]).toMatchObject({ cause: 'day', historical: false });
  });

  it('makes a later event of that day late, and its score supersedes the one of the day', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    await publishEvents(world, [order(ann, today)]);
    await closeDay(world, today + 60);
    await twin.sweep();
    await publishEvents(world, [order(ann, today + 60)]);
    await world.log.settled();
    const [, ofDay, corrected] = await scoresOf(world, ann);
    expect(corrected).toMatchObject({ cause: 'late', supersedes: ofDay.scoreId });
  });

  it('changes nothing of customers who are erased, and gives no score to those who are withheld', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    await publishEvents(world, [order(ann, today), order(bob, today)]);
    await world.log.settled();
    await twin.runner.stop();
    for (const [surrogate, flag] of [
      [ann, 'erased'],
      [bob, 'withheld'],
    ] as const) {
      const state = await storedState(world, surrogate);
      state[flag] = true;
      const key = { tenant: 'demo', surrogate };
      const bytes = encodeState(state);
      await world.store.compareAndSet([{ key, expectedVersion: state.version, version: state.version + 1, bytes }]);
    }
    const latestBefore = world.log.records(twinTopics.latest).length;
    const again = await start(world);
    await closeDay(world, today + 60);
    await again.sweep();
    await publishEvents(world, [order(ann, today + 61), order(bob, today + 61)]);
    await world.log.settled();
    expect(await scoresOf(world, ann)).toHaveLength(1);
    expect(await scoresOf(world, bob)).toHaveLength(1);
    expect(world.log.records(twinTopics.latest)).toHaveLength(latestBefore);
    expect((await storedState(world, ann)).closedDay).toBe(0);
    expect(ownBlock(await storedState(world, bob)).features.lifetimePurchases).toBe(1);
  });

  it('is swept a page at a time, so that a chunk waits for no more than one page', async () => {
    const world = await twinWorld(1);
    const twin = await start(world, { sweepPageSize: 2 });
    const surrogates = Array.from({ length: 10 }, (_, i) => String(i).repeat(32));
    await publishEvents(
      world,
      surrogates.map((surrogate) => order(surrogate, today)),
    );
    await closeDay(world, today + 60);
    const dayScores = () => scoresById(world).then((all) => [...all.values()].filter(({ cause }) => cause === 'day'));
    const page = twin.sweepPage(0);
    const published = publishEvents(world, [order(surrogates[9], today + 61)]);
    expect(await page).toBe(true);
    expect(await dayScores()).toHaveLength(2);
    await published;
    await world.log.settled();
    expect((await scoresOf(world, surrogates[9])).at(-1)?.cause).toBe('event');
    // The customer of that chunk was brought to the day by it, the others are still to be swept.
    expect(await dayScores()).toHaveLength(3);
    await twin.sweep();
    expect(await dayScores()).toHaveLength(10);
  });

  it('goes on where a killed scorer had come, and forgets the day once everybody has it', async () => {
    const world = await twinWorld(1);
    const twin = await start(world, { sweepPageSize: 2 });
    await publishEvents(
      world,
      ['1', '2', '3', '4', '5'].map((digit) => order(digit.repeat(32), today)),
    );
    await closeDay(world, today + 60);
    await twin.sweepPage(0);
    await twin.runner.stop();
    const heirs = await start(world, { sweepPageSize: 2 });
    expect(await heirs.sweepPage(0)).toBe(true);
    expect(await heirs.sweepPage(0)).toBe(false);
    expect(await heirs.sweepPage(0)).toBe(false);
    const all = [...(await scoresById(world)).values()];
    expect(all.filter(({ cause }) => cause === 'day')).toHaveLength(5);
    expect(world.log.records(twinTopics.scores)).toHaveLength(10);
  });
});

describe('a retraction', () => {
  const retraction = (original: CustomerRecord): CustomerRecord =>
    aRecord({ kind: 'event-retracted', surrogate: original.surrogate, source: '', retracted: original });

  it('corrects the features and publishes a score that supersedes the last one', async () => {
    const world = await twinWorld(1);
    await start(world);
    const wrong = order(ann, today);
    await publishEvents(world, [order(ann, today - 5), wrong, retraction(wrong)]);
    await world.log.settled();
    const [, last, corrected] = await scoresOf(world, ann);
    expect(corrected).toMatchObject({ cause: 'late', supersedes: last.scoreId });
    expect(ownBlock(await storedState(world, ann)).features).toMatchObject({
      lifetimePurchases: 1,
      purchaseDays: [today - 5],
    });
  });

  it('of an event that was never folded goes to the dead letters, and its neighbours go on', async () => {
    const world = await twinWorld(1);
    await start(world);
    await publishEvents(world, [order(ann, today), retraction(order(ann, today - 9)), order(ann, today)]);
    await world.log.settled();
    const letters = await deadLetterCodec.decode(world.log.records(twinTopics.deadLetters).map(({ value }) => value));
    expect(letters).toMatchObject([{ code: 'ERR_RETRACTION_UNMATCHED' }]);
    expect(await scoresOf(world, ann)).toHaveLength(2);
  });
});

describe('a customer of whom nothing was ever folded', () => {
  it('is given no score by a closed day', async () => {
    const world = await twinWorld(1);
    const twin = await start(world);
    const key = { tenant: 'demo', surrogate: ann };
    await world.index.add(0, [key]);
    await world.store.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes: encodeState(emptyState()) }]);
    await closeDay(world, today);
    await twin.sweep();
    expect(await scoresOf(world, ann)).toEqual([]);
    expect((await storedState(world, ann)).closedDay).toBe(today);
  });
});
