import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { aRecord } from '../../support/builders.ts';
import {
  publishControl,
  publishEvents,
  scoresById,
  testModel,
  twinActivation,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { planWith } from '../../support/segment-plans.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const today = Math.floor(Date.UTC(2026, 0, 15) / dayMs);
const start = startedTwins();

const order = (eventId: string, day: number): CustomerRecord => {
  const occurredAt = day * dayMs + dayMs / 2;
  return aRecord({ eventId, surrogate: 'a'.repeat(32), occurredAt, receivedAt: occurredAt });
};

async function run(world: TwinWorld, options: TwinOptions = {}): Promise<void> {
  const twin = await start(world, options);
  await world.log.settled();
  await twin.runner.stop();
}

async function scoreOf(world: TwinWorld, eventId: string): Promise<Score> {
  const score = [...(await scoresById(world)).values()].find((each) => each.eventId === eventId);
  if (score === undefined) throw new Error(`there is no score of ${eventId}`);
  return score;
}

describe('the lifetime value in a score', () => {
  it('looks ahead as the tenant is configured, in the reporting currency, with the mean in its interval', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('first', today)]);
    await run(world);
    const { clv, expectedSpend90d } = await scoreOf(world, 'first');
    expect(clv).toMatchObject({ horizonDays: 913, currency: expectedSpend90d?.currency });
    expect(clv!.mean).toBeGreaterThan(expectedSpend90d!.mean);
    expect(clv!.low).toBeLessThanOrEqual(clv!.mean);
    expect(clv!.high).toBeGreaterThanOrEqual(clv!.mean);
  });

  it('is counted with the margin that the activated configuration gives the tenant', async () => {
    const values: number[] = [];
    for (const margin of [1, 0.25]) {
      const plan = { ...planWith({ tenants: { demo: { value: { margin } } } }), version: twinActivation.segments! };
      const world = await twinWorld(1);
      await publishEvents(world, [order('first', today)]);
      await run(world, { segments: plan });
      values.push((await scoreOf(world, 'first')).clv!.mean);
    }
    expect(values[1] / values[0]).toBeCloseTo(0.25, 12);
  });

  it('is the last good one while the model cannot be trusted', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('good', today)]);
    await run(world);
    await publishEvents(world, [order('bad', today + 1)]);
    await run(world, { model: testModel(() => Number.NaN) });
    const bad = await scoreOf(world, 'bad');
    expect(bad.degraded).toBe(true);
    expect(bad.clv).toEqual((await scoreOf(world, 'good')).clv);
    expect(bad.clv).not.toBeNull();
  });

  it('is unknown under an activation that pins no configuration, and of a model that cannot look so far', async () => {
    const activation = { ...twinActivation, activationId: 'e'.repeat(32), segments: null };
    const unpinned = await twinWorld(1);
    await publishControl(unpinned, 0, controlRecord({ kind: 'activation-changed', controlId: 'e', at: 0, activation }));
    await publishEvents(unpinned, [order('first', today)]);
    await run(unpinned);
    expect((await scoreOf(unpinned, 'first')).clv).toBeNull();
    const model = testModel();
    const short = await twinWorld(1);
    await publishEvents(short, [order('first', today)]);
    await run(short, { model: { ...model, manifest: { ...model.manifest, closedForm: null } } });
    expect(await scoreOf(short, 'first')).toMatchObject({ clv: null, degraded: false });
  });
});
