import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { retractionRecord } from '../../../services/core/events/retraction-record.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import { publishedFacts } from '../../support/counted-facts.ts';
import {
  publishControl,
  publishEvents,
  scoresById,
  testModel,
  twinTenant,
  twinTopics,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const ann = 'a'.repeat(32);
const noon = Date.UTC(2026, 0, 15, 12);
const today = Math.floor(noon / dayMs);
const start = startedTwins();

function event(type: string, overrides: Partial<CustomerRecord> = {}): CustomerRecord {
  return aRecord({ surrogate: ann, type, occurredAt: noon, receivedAt: noon, ...overrides });
}

function retractionOf(original: CustomerRecord): CustomerRecord {
  const remainder = { purchaseDayHeld: false, firstDay: null };
  return { ...retractionRecord({ original, remainder, historical: false, at: noon }) };
}

async function runToEnd(world: TwinWorld, options: TwinOptions = {}): Promise<readonly KpiFact[]> {
  const twin = await start(world, options);
  await world.log.settled();
  await twin.sweep();
  await twin.runner.stop();
  return publishedFacts(world);
}

async function factsOf(...events: readonly CustomerRecord[]): Promise<readonly KpiFact[]> {
  const world = await twinWorld(1);
  await publishEvents(world, events);
  return runToEnd(world);
}

const shown = (facts: readonly KpiFact[]) => facts.map(({ kind, type, sign }) => `${kind} ${type} ${sign}`);

describe('the fact of an event', () => {
  it('is a thin copy with the standing of its score, on the partition of the record', async () => {
    const world = await twinWorld(2);
    const attributes = [
      { name: 'items', value: 3 },
      { name: 'orderId', value: 'o-1' },
    ];
    const order = event('order.placed', { attributes, region: 'north', store: 's-1', reportingAmountMinor: 4_200 });
    await publishEvents(world, [order]);
    const [fact] = await runToEnd(world);
    const [score] = [...(await scoresById(world)).values()];
    const { asOf, stage, tier, level, clv } = score;
    expect(fact).toEqual({
      factId: expect.stringMatching(/^a{19}[0-9a-f]{13}$/) as string,
      kind: 'event',
      tenant: 'demo',
      surrogate: ann,
      epoch: 1,
      sequence: 2,
      at: noon,
      type: 'order.placed',
      sign: 1,
      source: 'web-shop',
      channel: 'web',
      region: 'north',
      store: 's-1',
      amountMinor: 4_200,
      attributes: [{ name: 'orderId', value: 'o-1' }],
      standing: { asOf, stage, tier, level, clvMinor: clv === null ? null : Math.round(clv.mean * 100) },
      task: null,
      serviceCase: null,
    });
    const [published] = world.log.records(twinTopics.facts);
    const scored = world.log.records(twinTopics.scores)[0];
    expect([published.key, published.partition]).toEqual([ann, scored.partition]);
  });

  it('goes out for what no feature reads, without a standing, and not at all for payments', async () => {
    const facts = await factsOf(event('order.fulfilled'), event('payment.made'), event('offer.shown'));
    expect(facts.map(({ type, standing }) => [type, standing])).toEqual([
      ['order.fulfilled', null],
      ['offer.shown', null],
    ]);
  });

  it('goes out for the first act of a day only, and views of pages where the day has no other', async () => {
    const facts = await factsOf(
      event('page.viewed'),
      event('login'),
      event('page.viewed'),
      event('session.started'),
      event('login', { occurredAt: noon + dayMs, receivedAt: noon + dayMs }),
    );
    const events = facts.filter(({ kind }) => kind === 'event');
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['page.viewed', noon],
      ['login', noon],
      ['login', noon + dayMs],
    ]);
  });

  it('is taken back under the same id, by the last act that leaves its day', async () => {
    const order = event('order.placed');
    const [first, second] = [event('login'), event('login')];
    const facts = await factsOf(order, first, second, ...[order, first, second].map(retractionOf));
    const events = facts.filter(({ kind }) => kind === 'event');
    expect(shown(events)).toEqual(['event order.placed 1', 'event login 1', 'event order.placed -1', 'event login -1']);
    expect(events[2]).toMatchObject({ factId: events[0].factId, at: noon, source: order.source });
  });

  it('does not go out for duplicates, retractions of what never came, or live events beyond the horizon', async () => {
    const order = event('order.placed');
    const old = { occurredAt: noon - 500 * dayMs };
    const facts = await factsOf(
      order,
      order,
      retractionOf(event('order.placed', { occurredAt: noon - 9 * dayMs, receivedAt: noon - 9 * dayMs })),
      event('order.placed', old),
      event('order.fulfilled', old),
    );
    expect(shown(facts)).toEqual(['event order.placed 1']);
  });

  it('goes out for history, however old', async () => {
    const old = { occurredAt: noon - 900 * dayMs, historical: true };
    const facts = await factsOf(event('order.placed'), event('order.placed', old), event('order.fulfilled', old));
    expect(facts.map(({ type, at, standing }) => [type, at, standing !== null])).toEqual([
      ['order.placed', noon, true],
      ['order.placed', noon - 900 * dayMs, false],
      ['order.fulfilled', noon - 900 * dayMs, false],
    ]);
  });

  it.each(['erased', 'withheld'] as const)('does not go out for a customer who is %s', async (what) => {
    const world = await twinWorld(1);
    await publishEvents(world, [event('order.placed')]);
    await runToEnd(world);
    const key = { tenant: 'demo', surrogate: ann };
    const [stored] = await world.store.load([key]);
    const state = decodeState(stored?.bytes ?? Buffer.alloc(0), 1);
    state[what] = true;
    await world.store.compareAndSet([{ key, expectedVersion: 1, version: 2, bytes: encodeState(state) }]);
    await publishEvents(world, [event('order.placed'), event('order.fulfilled'), event('page.viewed')]);
    expect(await runToEnd(world)).toHaveLength(1);
  });

  it('counts a closed day as passed, whether or not the customer was swept', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [event('order.placed')]);
    await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), today + 460));
    await publishEvents(world, [event('order.fulfilled')]);
    expect((await runToEnd(world)).map(({ type }) => type)).not.toContain('order.fulfilled');
  });
});

describe('the fact of a standing', () => {
  it('says that silence moved a customer, on the last instant of the day, under the id of the score', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [event('order.placed')]);
    await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), today + 400));
    const facts = await runToEnd(world);
    const scores = [...(await scoresById(world)).values()];
    const day = scores.find(({ cause }) => cause === 'day');
    expect(shown(facts)).toEqual(['event order.placed 1', 'standing day-closed 1']);
    expect(facts[1]).toMatchObject({
      factId: day?.scoreId,
      epoch: 1,
      sequence: 3,
      at: (today + 401) * dayMs - 1,
      standing: { asOf: today + 401, stage: day?.stage, tier: day?.tier, level: day?.level },
    });
  });

  it('goes out although the score is not to be trusted and stays unpublished, when the stage is another', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [event('order.placed')]);
    await runToEnd(world);
    await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), today + 400));
    const facts = await runToEnd(world, { model: testModel(() => Number.NaN) });
    expect((await scoresById(world)).size).toBe(1);
    expect(shown(facts)).toEqual(['event order.placed 1', 'standing day-closed 1']);
    expect(facts[1].standing?.stage).not.toBe(facts[0].standing?.stage);
    expect(facts[1].standing?.level).toBe(facts[0].standing?.level);
  });

  it('goes out for an event that is not counted itself but moves the customer', async () => {
    const later = { occurredAt: noon + 200 * dayMs, receivedAt: noon + 200 * dayMs };
    const facts = await factsOf(event('order.placed'), event('payment.failed', later));
    expect(shown(facts)).toEqual(['event order.placed 1', 'standing payment.failed 1']);
  });
});
