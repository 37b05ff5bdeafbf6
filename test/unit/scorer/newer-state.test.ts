import { describe, expect, it } from 'vitest';
import { stateFormatVersion } from '../../../services/core/features/state-format.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { publishEvents, scoresById, twinWorld, type TwinWorld } from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const touched = { tenant: 'demo', surrogate: 'a'.repeat(32) };
const order = (eventId: string) => aRecord({ eventId, surrogate: touched.surrogate });
const startTwin = startedTwins();

const run = async (world: TwinWorld) => (await startTwin(world)).runner;

describe('a state that a newer release wrote', () => {
  it('halts its partition with the advice to run that release, unchanged and unscored; put right, it goes on', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('first')]);
    const before = await run(world);
    await world.log.settled();
    await before.stop();
    const { version, bytes } = (await world.store.load([touched]))[0]!;
    const newer = Buffer.from(bytes);
    newer[0] = stateFormatVersion + 1;
    const put = (expectedVersion: number, to: Buffer) =>
      world.store.compareAndSet([{ key: touched, expectedVersion, version: version + 1, bytes: to }]);
    await put(version, newer);

    await publishEvents(world, [order('second')]);
    const runner = await run(world);
    await eventually(() => expect(runner.problems().join()).toMatch(/partition 0: .*Run the newer release/));
    expect((await world.store.load([touched]))[0]!.bytes).toEqual(newer);
    expect((await scoresById(world)).size).toBe(1);

    await put(version + 1, bytes);
    await eventually(async () => expect((await scoresById(world)).size).toBe(2));
    await eventually(() => expect(runner.problems()).toEqual([]));
  });
});
