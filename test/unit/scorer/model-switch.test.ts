import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import {
  publishControl,
  publishEvents,
  scoresById,
  twinActivation,
  twinTenant,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const today = 20_500;
const ann = 'a'.repeat(32);
const bob = 'b'.repeat(32);
const next = { ...twinActivation, activationId: 'b'.repeat(32), stableModel: 'test/2', stableModelHash: 'next' };
const startTwin = startedTwins();

const start = (world: TwinWorld, modelHash: string) => startTwin(world, { modelHash });

const order = (surrogate: string, day: number) =>
  aRecord({ surrogate, occurredAt: day * dayMs, receivedAt: day * dayMs });

describe('an activation of another backend', () => {
  it('halts the partition before it, since the bits would differ, and says what to start', async () => {
    const world = await twinWorld(1);
    const activation = { ...twinActivation, activationId: 'c'.repeat(32), backend: 'tensorflow' };
    await publishEvents(world, [order(ann, today)]);
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'c', at: 0, activation }));
    await publishEvents(world, [order(bob, today + 1)]);

    const twin = await start(world, twinActivation.stableModelHash);
    await eventually(() =>
      expect(twin.runner.problems().join()).toMatch(/backend "tensorflow".*start one with that backend/),
    );
    expect([...(await scoresById(world)).values()].map(({ backend }) => backend)).toEqual(['test']);
  });
});

describe('a day that was closed under the model before the one in force', () => {
  it('stops a process with the new model, and one with the old model finishes it and says when it is done', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order(ann, today), order(bob, today)]);
    await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), today + 60));
    await publishControl(
      world,
      0,
      controlRecord({ kind: 'activation-changed', controlId: 'b', at: 0, activation: next }),
    );
    await publishEvents(world, [order(ann, today + 61)]);

    const old = await start(world, twinActivation.stableModelHash);
    await eventually(() => expect(old.runner.problems().join()).toMatch(/"test\/2".*until it has swept 1 closed day/));
    await old.runner.stop();

    const early = await start(world, next.stableModelHash);
    await eventually(() => expect(early.runner.problems().join()).toMatch(/"day:demo:.*under model "test\/1"/));
    await expect(early.sweep()).rejects.toMatchObject({ code: 'ERR_ACTIVATION_NOT_SERVED' });
    await early.runner.stop();

    const again = await start(world, twinActivation.stableModelHash);
    await again.sweep();
    await eventually(() => expect(again.runner.problems().join()).toMatch(/another one; start one with that model/));
    await again.runner.stop();

    const late = await start(world, next.stableModelHash);
    await world.log.settled();
    expect(late.runner.problems()).toEqual([]);
    const scores = [...(await scoresById(world)).values()];
    const days = scores.filter(({ cause }) => cause === 'day');
    expect(days.map(({ modelVersion }) => modelVersion)).toEqual(['test/1', 'test/1']);
    expect(scores.filter(({ modelVersion }) => modelVersion === 'test/2')).toHaveLength(1);
  });
});
