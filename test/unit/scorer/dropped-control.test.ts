import { describe, expect, it } from 'vitest';
import type { StateStore } from '../../../services/core/ports/state-store.ts';
import { aRecord } from '../../support/builders.ts';
import {
  publishEvents,
  scorerTwin,
  scoresById,
  twinTopics,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

const ann = 'a'.repeat(32);

/** A store whose loads of partitions' controls wait for `isOpen` to resolve. */
function gated({ store }: TwinWorld, isOpen: () => Promise<void>): StateStore {
  return {
    connectionEpoch: () => store.connectionEpoch(),
    compareAndSet: (updates) => store.compareAndSet(updates),
    async load(keys) {
      if (keys[0]?.tenant === '~partition') await isOpen();
      return store.load(keys);
    },
  };
}

describe('a partition whose control was dropped in the midst of a chunk', () => {
  it('forgets its cached customers too before it folds on: another writer may have passed', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [aRecord({ surrogate: ann })]);
    let hasDropped = false;
    let open = Promise.resolve();
    const owner = scorerTwin(world, {
      store: gated(world, () => open),
      onStage(stage) {
        if (stage !== 'after-produce' || hasDropped) return;
        hasDropped = true;
        // As when another partition of the process turns out to lie behind.
        owner.forget();
      },
    });
    await owner.runner.start();
    await world.log.settled();
    const gate = Promise.withResolvers<void>();
    open = gate.promise;

    await publishEvents(world, [aRecord({ surrogate: ann })]);
    const zombie = scorerTwin(world, { groupId: 'zombie' });
    await zombie.runner.start();
    while (world.log.committed('zombie', twinTopics.events, 0) !== 4) await new Promise(setImmediate);
    await zombie.runner.stop();
    gate.resolve();
    await world.log.settled();
    await publishEvents(world, [aRecord({ surrogate: ann })]);
    await world.log.settled();
    await owner.runner.stop();
    expect((await scoresById(world)).size).toBe(3);
  });
});
